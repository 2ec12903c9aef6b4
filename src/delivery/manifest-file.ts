/**
 * Reads a hand-written manifest as kOps would: kOps cuts the file at `\n---\n`, takes one document of each section and
 * drops what follows it, and its YAML is that of version 1.1.
 */
import type { Document, LineCounter, Node } from 'yaml';
import { isMap, type Problem } from '../core';

/** One document of a manifest. */
export interface ManifestDocument {
  readonly value: Readonly<Record<string, unknown>>;
  /** The line, counted from 1, of a field such as `spec.subnets[utility].cidr`; of what is nearest to it, where it is missing. */
  line(field?: string): number;
}

/** What is wrong with a manifest, and where. */
export interface ManifestProblem extends Problem {
  /** Line of the file, counted from 1. */
  readonly line: number;
}

/** The documents of a manifest, and what kOps or the jobs' shell would stumble over. */
export interface ManifestFile {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly ManifestProblem[];
}

/** Documents of this kind are taken out of a copy by the jobs' shell, which tells them by this line. */
const KEY_LINE = /^kind: SSHCredential$/m;

/** Reads the text of a manifest; never throws. */
export function readManifest(text: string): ManifestFile {
  const documents: ManifestDocument[] = [];
  const problems: ManifestProblem[] = [];
  let line = 1;
  for (const section of text.replaceAll('\r\n', '\n').split('\n---\n')) {
    readSection(section, line, documents, problems);
    line += section.split('\n').length + 1;
  }
  return { documents, problems };
}

/** Lines that are YAML, and that kOps takes for something else. */
const UNREAD: readonly (readonly [RegExp, string])[] = [
  [
    /^---[ \t]/m,
    'a separator is the line "---" alone: kOps drops the rest of the file after one with a blank or a comment',
  ],
  [/^%/m, 'kOps reads YAML 1.1 whatever the file says: take the line that begins with "%" out'],
];

/** Reads what is between two separators. */
function readSection(
  text: string,
  firstLine: number,
  documents: ManifestDocument[],
  problems: ManifestProblem[],
): void {
  for (const [pattern, message] of UNREAD) {
    const offset = text.search(pattern);
    if (offset < 0) continue;
    problems.push({ line: firstLine + linesBefore(text, offset), message });
    return;
  }
  const { parsed, lines, error } = parse(text);
  const at = (offset: number) => firstLine + lines.linePos(offset).line - 1;
  const [first, second] = parsed;
  const report = (offset: number, message: string) => problems.push({ line: at(offset), message });
  if (error !== undefined) {
    problems.push({ line: firstLine, message: `cannot be read: ${error}` });
  } else if (!first?.contents || first.contents.range == null) {
    problems.push({
      line: firstLine,
      message: 'there is a separator and no document: take the line "---" out',
    });
  } else if (first.errors[0] ?? first.warnings[0]) {
    for (const { message, pos } of [...first.errors, ...first.warnings])
      report(pos[0], `is no YAML that kOps reads: ${message}`);
  } else if (second) {
    report(
      second.range?.[0] ?? 0,
      'kOps drops what stands here: begin each document with the line "---" alone',
    );
  } else {
    const value = plain(first, report);
    if (value === undefined) return;
    if (KEY_LINE.test(text) !== (value.kind === 'SSHCredential')) {
      const message =
        'the jobs leave SSH keys out of their dry runs, and find them by the line "kind: SSHCredential", without quotes or comment, at the start of a line: write it so there, and nowhere else';
      report(offsetOf(first, 'kind'), message);
    }
    documents.push({ value, line: (field = '') => at(offsetOf(first, field)) });
  }
}

interface Parsed {
  readonly parsed: readonly Document.Parsed[];
  readonly lines: LineCounter;
  readonly error?: string;
}

function parse(text: string): Parsed {
  // Loaded here: only fleets with manifests of their own pay for it.
  const yaml = require('yaml') as typeof import('yaml');
  const lines = new yaml.LineCounter();
  try {
    const parsed = yaml.parseAllDocuments(text, {
      version: '1.1',
      lineCounter: lines,
      prettyErrors: false,
      // Dates and times are strings to kOps.
      customTags: (tags) =>
        tags.filter((tag) => !(typeof tag === 'object' && NOT_KOPS.test(tag.tag + (tag.format ?? '')))),
    });
    return { parsed: Array.isArray(parsed) ? parsed : [], lines };
  } catch (error) {
    return { parsed: [], lines, error: message(error) };
  }
}

/** What YAML 1.1 knows and kOps's reader does not, by tag and format. */
const NOT_KOPS = /:(?:timestamp|binary|omap|pairs|set)$|TIME$/;

/** The data of a document; nothing where it has none that is plain, and that is reported. */
function plain(
  document: Document.Parsed,
  report: (offset: number, message: string) => void,
): Record<string, unknown> | undefined {
  const yaml = require('yaml') as typeof import('yaml');
  let isPlain = true;
  yaml.visit(document, {
    Pair(_, { key }) {
      const name = yaml.isScalar(key) ? key.value : undefined;
      // "<<", which merges, is a symbol.
      if (typeof name === 'string' || typeof name === 'symbol') return;
      const shown = yaml.isScalar(key) ? JSON.stringify(key.source ?? String(name)) : 'a list or map';
      report((key as Node | null)?.range?.[0] ?? 0, `a key must be text, got ${shown}: put it in quotes`);
      isPlain = false;
    },
  });
  if (!isPlain) return undefined;
  try {
    const value: unknown = document.toJS();
    if (isMap(value)) return value;
    report(
      document.contents?.range?.[0] ?? 0,
      'expected a document with apiVersion, kind, metadata and spec',
    );
  } catch (error) {
    report(document.contents?.range?.[0] ?? 0, `cannot be read: ${message(error)}`);
  }
  return undefined;
}

/**
 * Offset of a field such as `spec.subnets[utility].cidr`, or of the last part of the way to it that is there.
 * @param from - where the way begins: a document's contents, or an item of a list of documents
 */
export function offsetOf(
  document: Document.Parsed,
  field: string,
  from: Node | null = document.contents,
): number {
  const yaml = require('yaml') as typeof import('yaml');
  let at = from;
  let offset = at?.range?.[0] ?? 0;
  for (const [, bracketed, name = bracketed ?? ''] of field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    if (yaml.isAlias(at)) at = at.resolve(document) ?? null;
    if (yaml.isMap(at)) {
      const pair = at.items.find(({ key }) => yaml.isScalar(key) && key.value === name);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      at = pair.value as Node | null;
    } else if (yaml.isSeq(at)) {
      const items: readonly unknown[] = at.items;
      const item = items.find((one) => yaml.isMap(one) && one.get('name') === name) ?? items[Number(name)];
      if (!yaml.isNode(item)) break;
      offset = item.range?.[0] ?? offset;
      at = item;
    } else break;
  }
  return offset;
}

function linesBefore(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
