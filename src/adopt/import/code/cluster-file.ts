import { compareNames, compareSources } from './import-order';
import { docComment } from './line-comments';
import { quotedString } from './literals';
import type { Statement } from './model';
import { printStatements } from './print';

/** What a cluster's file is made of. */
export interface ClusterFileParts {
  /** Names that it imports from cdkops, types as `type Wave`; in any order. */
  readonly imports: readonly string[];
  /**
   * What it imports from elsewhere.
   * @default - nothing
   */
  readonly otherImports?: readonly { readonly names: readonly string[]; readonly from: string }[];
  /** What stands above the function; any text. */
  readonly comment: string;
  readonly functionName: string;
  /** A class among the imports. */
  readonly returnType: string;
  readonly statements: readonly Statement[];
  /**
   * Code between the imports and the function.
   * @default - none
   */
  readonly preamble?: string;
}

const LINE_WIDTH = 110;

/** A cluster's file, and the text between the braces of its function: plain JavaScript. */
export function clusterFileText(file: ClusterFileParts): { text: string; body: string } {
  const { comment, functionName, returnType, statements, preamble } = file;
  const body = `\n${printStatements(statements, 2)}`;
  const elsewhere = [...(file.otherImports ?? [])].sort((one, other) => compareSources(one.from, other.from));
  const imports = [{ names: file.imports, from: 'cdkops' }, ...elsewhere].map(({ names, from }) =>
    importStatement(names, from),
  );
  const head = `export function ${functionName}(wave: Wave): ${returnType} {`;
  const broken = `export function ${functionName}(\n  wave: Wave,\n): ${returnType} {`;
  const text = [
    `${imports.join('\n')}\n`,
    ...(preamble === undefined ? [] : [`${preamble.trim()}\n`]),
    `${docComment(comment, LINE_WIDTH).join('\n')}\n${head.length > LINE_WIDTH ? broken : head}${body}}\n`,
  ].join('\n');
  return { text, body };
}

/** An import of names, types among them as `type Wave`, sorted as linters want it. */
export function importStatement(names: readonly string[], from: string): string {
  const sorted = [...new Set(names)].sort((one, other) => compareNames(bare(one), bare(other)));
  const areTypes = sorted.length > 0 && sorted.every((name) => name.startsWith('type '));
  const listed = areTypes ? sorted.map(bare) : sorted;
  const lead = areTypes ? 'import type' : 'import';
  const source = `from ${quotedString(from)};`;
  const single = `${lead} { ${listed.join(', ')} } ${source}`;
  if (single.length <= LINE_WIDTH || listed.length === 1) return single;
  return `${lead} {\n${listed.map((name) => `  ${name},\n`).join('')}} ${source}`;
}

function bare(name: string): string {
  return name.replace(/^type /, '');
}
