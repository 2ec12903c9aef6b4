/**
 * Takes a text apart into objects: documents, and items of lists of them, which `kops get -o json` prints.
 */
import type { Document, Node } from 'yaml';
import { offsetOf } from '../../../delivery/manifest-file';
import type { Place } from '../imported-cluster';
import { type PlacedComment, placeComments } from './comments';
import { bare, blocksOf, commentLines, memberText } from './item-text';
import { isOfKops, type ListMember, membersOf, textIn } from './lists';
import { holdsSecret, mayHoldSecret } from './secrets';
import { type Section, type SectionProblem, sectionsOf } from './sections';
import { readValue } from './value';
import { type Budget, MOST_TOKENS, parseSection } from './yaml';

/** A problem, and where. */
export interface ItemProblem {
  readonly place: Place;
  readonly message: string;
}

/** An object of a text, whatever it is. */
export interface Item {
  /** Its data; undefined where {@link problems} say why. */
  readonly value: unknown;
  readonly problems: readonly ItemProblem[];
  /** Paths begin at the object. */
  readonly comments: readonly PlacedComment[];
  /** What stands there, comments included. */
  text(): string;
  place(field?: string): Place;
  /** The text of a field, if it is text, even of an object that is wrong elsewhere. */
  textOf(...path: readonly string[]): string | undefined;
  /** Whether it is secret, or something in it is, so that it belongs into no repository. */
  hasSecret(): boolean;
}

/** What a text has. */
export interface Items {
  readonly items: readonly Item[];
  /** Of sections that could not be read. */
  readonly problems: readonly ItemProblem[];
}

/** More in one document than anybody reads. */
const MOST_PROBLEMS = 20;

/** Takes a text apart. */
export function itemsOf(file: string, text: string): Items {
  const items: Item[] = [];
  const problems: ItemProblem[] = [];
  /** Comments that stand for themselves between two separators: the next document's. */
  let waiting = '';
  const budget = { tokens: MOST_TOKENS };
  for (const section of sectionsOf(text)) {
    if (section.isEmpty) {
      waiting += commentLines(section.text);
      continue;
    }
    const reader = new SectionReader(file, section, waiting);
    waiting = '';
    const found = reader.read(budget);
    for (const item of found.items) items.push(item);
    for (const problem of found.problems) problems.push(problem);
  }
  if (waiting !== '') {
    // What stands beside manifests may be left out, and the comment with it.
    let index = items.length - 1;
    while (index > 0 && !isOfKops(items[index]?.textOf('apiVersion') ?? '')) index -= 1;
    const last = items[index];
    if (last) items[index] = withEnd(last, waiting);
  }
  return { items, problems };
}

/** One section. */
class SectionReader {
  /** Parsed again, for places: kept from the start, the nodes of a fleet would take a gigabyte. */
  private nodes: Document.Parsed | undefined;

  constructor(
    private readonly file: string,
    private readonly section: Section,
    /** Comments that stand before it. */
    private readonly before: string,
  ) {}

  read(budget: Budget): Items {
    const { section } = this;
    if (section.problem) return { items: [], problems: [this.at(section.problem)] };
    const parsed = parseSection(section.text, budget);
    const { documents, lines, errors } = parsed;
    const wrong = [...(parsed.problem ? [parsed.problem] : []), ...errors, ...secondDocument(documents)];
    if (wrong.length > 0) return { items: [], problems: wrong.map((problem) => this.at(problem)) };
    const contents = documents[0]?.contents ?? null;
    const lineStart = (offset: number) => lines.lineStarts[lines.linePos(offset).line - 1] ?? 0;
    const { value, marks, problems } = readValue(contents, parsed, lineStart);
    const comments = placeComments(parsed.comments, marks, section.text, (offset) => {
      const { line } = lines.linePos(offset);
      return { line, start: lines.lineStarts[line - 1] ?? 0 };
    });
    const all = [...blocksOf(this.before), ...comments];
    const found = this.firstOf(problems);
    const list = found.length === 0 ? membersOf(value) : undefined;
    return {
      items: list ? this.members(list, all) : [this.item(undefined, value, all, found)],
      problems: [],
    };
  }

  /** The members of a list, each with its comments; those of the list itself go to what follows. */
  private members(members: readonly ListMember[], comments: readonly PlacedComment[]): Item[] {
    const own = members.map((): PlacedComment[] => []);
    const indices = new Map(members.map(({ path }, index) => [JSON.stringify(path), index]));
    const depths = new Set(members.map(({ path }) => path.length));
    let latest: number | undefined;
    for (const comment of comments) {
      const { path } = comment;
      const depth = [...depths].find((one) => indices.has(JSON.stringify(path.slice(0, one)))) ?? 0;
      const index = indices.get(JSON.stringify(path.slice(0, depth)));
      if (index !== undefined) {
        latest = index;
        own[index]?.push({ ...comment, path: path.slice(depth) });
      } else {
        const place = latest === undefined ? 'before' : 'after';
        own[latest ?? 0]?.push({ ...comment, path: [], place });
      }
    }
    return members.map(({ path, value }, index) => this.item(path, value, own[index] ?? [], []));
  }

  /** @param path - where it stands in a list of objects; undefined for the section as a whole */
  private item(
    path: readonly (string | number)[] | undefined,
    value: unknown,
    comments: readonly PlacedComment[],
    problems: readonly ItemProblem[],
  ): Item {
    const { before, section } = this;
    return {
      value,
      problems,
      comments: comments.map(aboutTheWhole),
      text: () =>
        path ? memberText(section.text, this.node(path), value) : `${before}${bare(section.text)}`,
      place: (field = '') => this.place(offsetOf(this.document(), field, this.node(path))),
      textOf: (...names) => (value === undefined ? textAt(this.node(path), names) : textIn(value, names)),
      hasSecret: () => (value === undefined ? mayHoldSecret(this.document()) : holdsSecret(value)),
    };
  }

  private document(): Document.Parsed {
    this.nodes ??= parseSection(this.section.text).documents[0];
    if (!this.nodes) throw new Error('a section that could be read once can be read twice');
    return this.nodes;
  }

  private node(path: readonly (string | number)[] = []): Node | null {
    const document = this.document();
    return path.length === 0 ? document.contents : ((document.getIn(path, true) as Node | undefined) ?? null);
  }

  private firstOf(problems: readonly SectionProblem[]): ItemProblem[] {
    const first = problems.slice(0, MOST_PROBLEMS).map((problem) => this.at(problem));
    const more = problems[MOST_PROBLEMS];
    if (more)
      first.push(this.at({ ...more, message: `and ${problems.length - MOST_PROBLEMS} more from here on` }));
    return first;
  }

  private at({ offset, message }: SectionProblem): ItemProblem {
    return { place: this.place(offset), message };
  }

  private place(offset: number): Place {
    const { text, firstLine } = this.section;
    const before = text.slice(0, offset);
    const start = before.lastIndexOf('\n') + 1;
    let line = firstLine;
    for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line += 1;
    return { file: this.file, line, column: [...before.slice(start)].length + 1 };
  }
}

function secondDocument([, second]: readonly Document.Parsed[]): SectionProblem[] {
  if (!second) return [];
  const message = 'kOps drops what stands here: begin each document with the line "---" alone';
  return [{ offset: second.contents?.range?.[0] ?? second.range[0], message }];
}

function textAt(node: Node | null, path: readonly string[]): string | undefined {
  const yaml = require('yaml') as typeof import('yaml');
  let at: unknown = node;
  for (const step of path) at = yaml.isMap(at) ? at.get(step, true) : undefined;
  return yaml.isScalar(at) && typeof at.value === 'string' ? at.value : undefined;
}

/** A comment at `apiVersion` or `kind` is about the object, since those say nothing that one could remark on. */
function aboutTheWhole(comment: PlacedComment): PlacedComment {
  const { path } = comment;
  return path.length === 1 && ['apiVersion', 'kind'].includes(String(path[0]))
    ? { ...comment, path: [], place: 'before' }
    : comment;
}

/** An item with comments behind it. */
function withEnd(item: Item, lines: string): Item {
  const comments = blocksOf(lines).map((comment) => ({ ...comment, place: 'after' as const }));
  return {
    ...item,
    text: () => `${item.text()}\n${lines.trimEnd()}`,
    comments: [...item.comments, ...comments],
  };
}
