import * as fs from 'node:fs';
import * as path from 'node:path';

/** The project's folder. */
export const ROOT = path.resolve(__dirname, '../..');

/** File names of the example programs. */
export const EXAMPLES = filesIn('docs/examples', '.ts');

/** Paths of the documents that a user reads. */
export const DOCUMENTS = [
  ...filesIn('.', 'README.md'),
  ...filesIn('docs', '.md').map((name) => `docs/${name}`),
];

/** The programs that documents may show a part of: each is run by a test. */
export const SOURCES = [
  ...EXAMPLES.map((name) => `docs/examples/${name}`),
  ...filesIn('clusters', '.ts').map((name) => `clusters/${name}`),
  // What the command import makes: its test sees to that.
  'docs/examples/import/fleet.ts',
  'docs/examples/import/shop.k8s.acme.example/cluster.ts',
].map((file) => fs.readFileSync(path.join(ROOT, file), 'utf8'));

/** A block of TypeScript in a document. */
export interface CodeBlock {
  /** `docs/defaults.md:12`. */
  readonly place: string;
  readonly code: string;
  /** Whether it is a whole program: it can be run. */
  readonly isProgram: boolean;
}

/** The blocks of TypeScript in a document. */
export function codeBlocks(document: string): CodeBlock[] {
  const text = fs.readFileSync(path.join(ROOT, document), 'utf8');
  const fence =
    /^(?<indent>[ \t]*)(?<mark>`{3,}|~{3,})[ \t]*(?:ts|typescript)\b.*\n(?<code>[\s\S]*?)^[ \t]*\k<mark>/gm;
  return [...text.matchAll(fence)].map(({ index, groups }) => {
    const code = groups?.code ?? '';
    const line = text.slice(0, index).split('\n').length;
    return { place: `${document}:${line}`, code, isProgram: /^\s*export const fleet\b/m.test(code) };
  });
}

/** Whether `code` is in one of `sources`, line for line; indentation does not count, since documents show parts. */
export function isShownIn(code: string, sources: readonly string[]): boolean {
  return sources.some((source) => `\n${plain(source)}\n`.includes(`\n${plain(code)}\n`));
}

/** The links in a document to files of the project that are not there. */
export function deadLinks(document: string): string[] {
  const text = fs.readFileSync(path.join(ROOT, document), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link = '']) => link);
  return links.filter((link) => !fs.existsSync(path.resolve(ROOT, path.dirname(document), link)));
}

function plain(code: string): string {
  return code
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}

function filesIn(folder: string, ending: string): string[] {
  const absolute = path.join(ROOT, folder);
  if (!fs.existsSync(absolute)) return [];
  return fs
    .readdirSync(absolute)
    .filter((name) => name.endsWith(ending))
    .sort();
}
