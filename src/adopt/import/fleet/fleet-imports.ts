import type { FleetSource } from './fleet-source';

/** An import statement. */
export interface ImportStatement {
  /** Of its first character. */
  readonly start: number;
  /** Behind its last character, semicolon included. */
  readonly end: number;
  /** The module; `undefined` for `import a = B.c`. */
  readonly from: string | undefined;
  /** `import type { … }`. */
  readonly isType: boolean;
  /** Whether there is more to it than names in curly brackets. */
  readonly isPlain: boolean;
  /** The names in curly brackets, in their order. */
  readonly names: readonly ImportedName[];
}

/** A name in the curly brackets of an import. */
export interface ImportedName {
  readonly start: number;
  readonly end: number;
  /** What it is called where it comes from. */
  readonly name: string;
  /** What it is called here. */
  readonly local: string;
  readonly isType: boolean;
}

const STRING = `(?:'[^'\\n]*'|"[^"\\n]*")`;
const FORMS = [
  `import\\s*(${STRING})`,
  `import(?=[\\s{*])[\\w$*{},\\s]+?[\\s}]from\\s*(${STRING})(?:\\s*with\\s*\\{[^{}]*\\})?`,
  `import\\s+(?:type\\s+)?[\\w$]+\\s*=\\s*require\\s*\\(\\s*(${STRING})\\s*\\)`,
  'import\\s+(?:type\\s+)?[\\w$]+\\s*=\\s*[\\w$.]+',
].map((form) => new RegExp(`^(?:${form})[^\\S\\n]*;?`));

/** The imports with which a file begins; `undefined` where one of them is of no known form. */
export function leadingImports(source: FleetSource): ImportStatement[] | undefined {
  const { code } = source;
  const imports: ImportStatement[] = [];
  let position = 0;
  for (;;) {
    const rest = code.slice(position);
    // Comments are blanks here; `'use strict';` may stand before the first import.
    const skipped = /^(?:\s|;|(?:'[^'\n]*'|"[^"\n]*")[^\S\n]*(?:;|$|(?=\n)))*/m.exec(rest)?.[0].length ?? 0;
    const start = position + skipped;
    const statement = code.slice(start);
    if (!/^import\b(?!\s*[.(])/.test(statement)) return imports;
    const match = FORMS.map((form) => form.exec(statement)).find((found) => found !== null);
    if (!match) return undefined;
    const end = start + match[0].trimEnd().length;
    imports.push(importOf(source, start, end, match[1]));
    position = end;
  }
}

/** A module without the ending that code of another kind of module gives it: `./a/cluster` and `./a/cluster.js` are one. */
export function moduleOf(from: string | undefined): string | undefined {
  return from?.replace(/\.[cm]?[jt]s$/, '');
}

function importOf(
  { text, code }: FleetSource,
  start: number,
  end: number,
  string: string | undefined,
): ImportStatement {
  const statement = code.slice(start, end);
  const at = string === undefined ? -1 : statement.indexOf(string);
  const written =
    string === undefined ? undefined : text.slice(start + at + 1, start + at + string.length - 1);
  const from = written?.replace(/\\(['"\\])/g, '$1');
  const [, lead = '', listed = ''] = /^(import\s*(?:type\s*)?)\{([^}]*)\}\s*from/.exec(statement) ?? [];
  const names: ImportedName[] = [];
  let position = start + lead.length + 1;
  for (const part of listed.split(',')) {
    const [, blank = '', listing = ''] = /^(\s*)([\s\S]*?)\s*$/.exec(part) ?? [];
    const [, type, name, local] = /^(type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?$/.exec(listing) ?? [];
    if (name !== undefined) {
      const first = position + blank.length;
      names.push({
        start: first,
        end: first + listing.length,
        name,
        local: local ?? name,
        isType: type !== undefined,
      });
    }
    position += part.length + 1;
  }
  const isPlain =
    lead !== '' && names.length === listed.split(',').filter((part) => part.trim() !== '').length;
  return { start, end, from, isType: /^import\s+type\b(?!\s*(?:,|from\b))/.test(statement), isPlain, names };
}
