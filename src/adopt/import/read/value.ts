/**
 * Makes data of the nodes of a document as kOps's reader does, and notes on the way what begins where, so that comments
 * find what they stand at.
 */
import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { given, quoted, setOwn } from '../../../core';
import type { Frame, Mark, Way } from './marks';
import { resolvePlain, Unholdable } from './plain';
import type { SectionProblem } from './sections';
import type { Parsed } from './yaml';

/** What is made of a document. */
export interface ReadValue {
  readonly value: unknown;
  /** In the order of the text. */
  readonly marks: readonly Mark[];
  readonly problems: readonly SectionProblem[];
}

/** Deeper than any manifest, aliases counted; constructs take 64 levels, and put some around. */
const MOST_LEVELS = 56;
/** What aliases may stand for altogether: maps, lists and values, and characters of text. */
const MOST_COPIES = 200_000;
const MOST_COPIED_TEXT = 16 * 1024 * 1024;

/** Not a value: found out that it is wrong, and said so. */
const WRONG = Symbol('wrong');

/** Reads a node, with the offsets of the dashes of its block lists; marks are made where there are comments. */
export function readValue(
  node: Node | null,
  { dashes, comments }: Parsed,
  lineStart: (offset: number) => number,
): ReadValue {
  const reader = new Reader(dashes, comments.length > 0, lineStart);
  const value = reader.read(node);
  return { value: value === WRONG ? undefined : value, marks: reader.marks, problems: reader.problems };
}

class Reader {
  readonly marks: Mark[] = [];
  readonly problems: SectionProblem[] = [];
  private readonly yaml = require('yaml') as typeof import('yaml');
  private readonly anchors = new Map<string, Node>();
  /** What stands between an anchor and the alias at hand. */
  private readonly open = new Set<Node>();
  private nextDash = 0;
  /** How many aliases lead to the value at hand; where there are any, nothing is marked. */
  private aliases = 0;
  private copies = 0;
  private copiedText = 0;
  private readonly reported = new Set<string>();
  /** Whether it was said that the whole is too much: each of thousands of aliases may lead there. */
  private isTold = false;

  constructor(
    private readonly dashes: readonly number[],
    private readonly marksAreWanted: boolean,
    private readonly lineStart: (offset: number) => number,
  ) {}

  read(node: Node | null): unknown {
    return this.value(node, undefined, undefined, 0);
  }

  private value(node: Node | null, way: Way | undefined, frame: Frame | undefined, level: number): unknown {
    const { yaml } = this;
    if (node === null) return null;
    if (level > MOST_LEVELS) return this.once(node, 'is nested too deep for a manifest');
    if (this.aliases > 0) {
      this.copies += 1;
      if (this.copies > MOST_COPIES) return WRONG;
    }
    if (yaml.isAlias(node)) return this.alias(node, way, frame, level);
    if (yaml.isScalar(node)) return this.scalar(node, way, frame);
    const collection = node as YAMLMap | YAMLSeq;
    const { anchor } = collection;
    if (anchor !== undefined && this.aliases === 0) this.anchors.set(anchor, collection);
    if (anchor !== undefined) this.open.add(collection);
    const isBlock = collection.flow !== true;
    const value = yaml.isMap(collection)
      ? this.map(collection, way, frame, isBlock, level)
      : this.list(collection as YAMLSeq, way, frame, isBlock, level);
    if (anchor !== undefined) this.open.delete(collection);
    if (!isBlock) this.mark((collection.range?.[1] ?? 1) - 1, way, 'end', frame);
    return value;
  }

  private list(
    list: YAMLSeq,
    way: Way | undefined,
    parent: Frame | undefined,
    isBlock: boolean,
    level: number,
  ): unknown {
    this.checkTag(list, 'seq');
    const result: unknown[] = [];
    let frame: Frame | undefined;
    let isRight = true;
    for (const [index, item] of list.items.entries()) {
      const node = item as Node | null;
      // A member of a list between brackets can be a lone pair: [a: 1] is a list of a map.
      const offset = isBlock ? this.dash(node) : (node?.range?.[0] ?? 0);
      frame ??= { way, column: isBlock ? this.column(offset) : undefined, parent };
      const step = { step: index, parent: way };
      this.mark(offset, step, 'member', frame, isNothing(node));
      const value = this.value(node, step, frame, level + 1);
      if (value === WRONG) isRight = false;
      result.push(value);
    }
    return isRight ? result : WRONG;
  }

  private map(
    map: YAMLMap,
    way: Way | undefined,
    parent: Frame | undefined,
    isBlock: boolean,
    level: number,
  ): unknown {
    this.checkTag(map, 'map');
    const result: Record<string, unknown> = {};
    const own = new Set<string>();
    let frame: Frame | undefined;
    let isRight = true;
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const key = this.key(pair, map);
      const offset = pair.key?.range?.[0] ?? 0;
      frame ??= { way, column: isBlock ? this.column(offset) : undefined, parent };
      const step = { step: key ?? '', parent: way };
      this.mark(offset, step, 'member', frame, isNothing(pair.value));
      const value = this.value(pair.value, step, frame, level + 1);
      if (key === undefined || value === WRONG) {
        isRight = false;
      } else if (key === '<<' && isPlain(pair.key)) {
        if (!this.merge(result, value, pair)) isRight = false;
      } else if (own.has(key)) {
        this.report(
          pair.key,
          `has the key ${quoted(key)} twice: kOps takes the last one, take one of them out`,
        );
        isRight = false;
      } else {
        own.add(key);
        setOwn(result, key, value);
      }
    }
    return isRight ? result : WRONG;
  }

  /** The text of a key. */
  private key({ key }: Pair<Node, unknown>, map: YAMLMap): string | undefined {
    if (this.yaml.isScalar(key)) {
      this.checkTag(key, 'str');
      const value = isPlain(key) ? resolvePlain(textOf(key)) : textOf(key);
      if (typeof value === 'string') return value;
      // kOps makes text of a number, the shortest that means it.
      if (typeof value === 'number' && String(value) === textOf(key)) return textOf(key);
      const got = JSON.stringify(textOf(key));
      const message =
        value === null ? 'a key is missing' : `a key must be text, got ${got}: put it in quotes`;
      this.report(key, message);
    } else {
      this.report(key ?? map, 'a key must be text, got a list, a map or an alias');
    }
    return undefined;
  }

  /** What comes later wins, and of several maps the first, as kOps has it. */
  private merge(into: Record<string, unknown>, value: unknown, pair: Pair<Node, Node | null>): boolean {
    const maps = Array.isArray(value) ? [...value].reverse() : [value];
    for (const map of maps) {
      if (typeof map !== 'object' || map === null || Array.isArray(map)) {
        this.report(pair.key, `"<<" takes a map or a list of maps, got ${given(map)}`);
        return false;
      }
      for (const key of Object.keys(map)) setOwn(into, key, (map as Record<string, unknown>)[key]);
    }
    return true;
  }

  private alias(
    alias: Node & { readonly source: string },
    way: Way | undefined,
    frame: Frame | undefined,
    level: number,
  ): unknown {
    this.mark(alias.range?.[0] ?? 0, way, 'value', frame);
    const node = this.anchors.get(alias.source);
    if (!node)
      return this.wrong(alias, `no anchor &${alias.source} stands before the alias *${alias.source}`);
    if (this.open.has(node)) return this.wrong(alias, `what &${alias.source} stands for contains itself`);
    this.aliases += 1;
    const value = this.value(node, way, frame, level);
    this.aliases -= 1;
    const isTooMuch = this.copies > MOST_COPIES || this.copiedText > MOST_COPIED_TEXT;
    if (!isTooMuch) return value;
    return this.aliases > 0
      ? WRONG
      : this.once(alias, 'the aliases up to here stand for more than any manifest has: write less of them');
  }

  private scalar(scalar: Scalar, way: Way | undefined, frame: Frame | undefined): unknown {
    if (scalar.anchor !== undefined && this.aliases === 0) this.anchors.set(scalar.anchor, scalar);
    const text = textOf(scalar);
    if (!isNothing(scalar)) this.mark(scalar.range?.[0] ?? 0, way, 'value', frame);
    if (this.aliases > 0) this.copiedText += text.length;
    const tag = this.checkTag(scalar, ...SCALAR_TAGS);
    if (tag === 'str' || (tag === undefined && !isPlain(scalar))) return text;
    const value = resolvePlain(text);
    if (value instanceof Unholdable) {
      return this.wrong(
        scalar,
        `the number ${value.text} cannot be kept as it is: put it in quotes, if it is text`,
      );
    }
    if (tag !== undefined && !TYPES[tag]?.(value)) {
      return this.wrong(scalar, `${quoted(text)} is not what its tag !!${tag} says: take the tag out`);
    }
    return value;
  }

  /** The last part of a tag that is known. */
  private checkTag(node: Node & { tag?: string }, ...known: readonly string[]): string | undefined {
    const { tag } = node;
    if (tag === undefined) return undefined;
    if (tag === '!') return 'str';
    const name = known.find((one) => tag === `tag:yaml.org,2002:${one}`);
    if (name === undefined)
      this.report(node, `kOps's manifests have no tags, got ${quoted(tag)}: take it out`);
    return name;
  }

  private dash(node: Node | null): number {
    if (this.aliases > 0) return 0;
    this.nextDash += 1;
    return this.dashes[this.nextDash - 1] ?? node?.range?.[0] ?? 0;
  }

  private column(offset: number): number {
    return this.aliases > 0 ? 0 : offset - this.lineStart(offset);
  }

  private mark(
    offset: number,
    way: Way | undefined,
    kind: Mark['kind'],
    frame: Frame | undefined,
    isEmpty = false,
  ): void {
    if (this.marksAreWanted && this.aliases === 0) this.marks.push({ offset, way, kind, frame, isEmpty });
  }

  private once(node: Node, message: string): typeof WRONG {
    if (!this.isTold) this.report(node, message);
    this.isTold = true;
    return WRONG;
  }

  private wrong(node: Node, message: string): typeof WRONG {
    this.report(node, message);
    return WRONG;
  }

  /** Says what is wrong, once: aliases lead to the same place again. */
  private report(node: Node | null, message: string): void {
    const offset = node?.range?.[0] ?? 0;
    const key = `${offset} ${message}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.problems.push({ offset, message });
  }
}

const SCALAR_TAGS = ['str', 'null', 'bool', 'int', 'float'] as const;

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  bool: (value) => typeof value === 'boolean',
  int: Number.isInteger,
  float: (value) => typeof value === 'number',
};

function isPlain(node: Node | null): boolean {
  return (node as Scalar | null)?.type === 'PLAIN';
}

/** Nothing at all, rather than the word `null`. */
function isNothing(node: Node | null): boolean {
  return node === null || (isPlain(node) && textOf(node as Scalar) === '');
}

function textOf(scalar: Scalar): string {
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');
}
