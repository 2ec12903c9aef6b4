import { isMap } from '../core';
import { isLiteral, keyText, literal, numberText, quoted, valueText } from './yaml-scalar';

/** Options of {@link stringifyYaml} and {@link stringifyDocuments}. */
export interface YamlOptions {
  /** Sort the keys of every map by code unit; else they keep the order of insertion. */
  readonly sortKeys?: boolean;
}

/**
 * Readers find the colon of a key within 1024 characters or give up (YAML 1.2.2, section 7.4.2), so a key has
 * to fit there as it is written, escapes and quotes included.
 */
const LONGEST_KEY = 1000;
const LONGEST_WRITTEN_KEY = 1020;

/** Deeper than any manifest, and less than what readers that recurse can stand (PyYAML: about 200). */
const DEEPEST = 100;
const INDENTS: readonly string[] = Array.from({ length: DEEPEST + 2 }, (_, level) => '  '.repeat(level));

/**
 * Writes one YAML document, in the style of `kubectl get -o yaml` and `kops get -o yaml`.
 *
 * `value` is a map or list of plain data as JSON has it. Members of maps that are `undefined` are left out.
 * The text reads as the same data in kops (Go), GitLab (Psych), PyYAML and the `yaml` package in its modes 1.1
 * and 1.2; `yaml-scalar.ts` has the rules.
 *
 * @throws TypeError naming the path of a value that is not JSON.
 * @throws RangeError naming the path of a key too long for YAML.
 */
export function stringifyYaml(value: unknown, options: YamlOptions = {}): string {
  return new Writer(options.sortKeys === true).document(value, []);
}

/**
 * Writes several YAML documents, with the line `---` between each two.
 *
 * kops splits a file at the exact bytes `\n---\n`, so each document but the last loses its final line feed
 * there. A literal block at the end of a document would lose one of its own with it: such a text is written in
 * double quotes here.
 */
export function stringifyDocuments(values: readonly unknown[], options: YamlOptions = {}): string {
  const sortKeys = options.sortKeys === true;
  return Array.from(values, (value, index) => new Writer(sortKeys).document(value, [index], true)).join(
    '---\n',
  );
}

/**
 * Writes one document; a new one for each. The parts of the text are collected and joined once, which took a
 * third of the time of adding them to one string: that leaves V8 with a tree of small strings to flatten.
 */
class Writer {
  private readonly out: string[] = [];
  /** Where in the data the writer is, for messages; only the first `depth` parts count. */
  private path: (string | number)[] = [];
  /** The last literal block that ends in a line feed, and its place in `out`. */
  private block = { text: '', index: -1 };

  public constructor(private readonly sortKeys: boolean) {}

  public document(value: unknown, path: (string | number)[], splitAfterwards = false): string {
    this.path = path;
    const depth = path.length;
    if (Array.isArray(value)) {
      if (value.length === 0) return '[]\n';
      this.list(value, 0, depth, false);
    } else if (isMap(value)) {
      if (isEmpty(value)) return '{}\n'; // kops reads a document that begins with a brace as JSON: it is
      this.map(value, 0, depth, false);
    } else {
      throw this.error(depth, `a document is a map or a list, not ${kindOf(value)}`);
    }
    if (splitAfterwards && this.block.index === this.out.length - 1) {
      this.out[this.block.index] = ` ${quoted(this.block.text)}\n`;
    }
    return this.out.join('');
  }

  /** A map that is not empty. `inline`: its first key follows the dash of a list on the same line. */
  private map(value: Record<string, unknown>, level: number, depth: number, inline: boolean): void {
    const indent = this.indent(level, depth);
    const keys = Object.keys(value);
    if (this.sortKeys) keys.sort(); // without a function: by code unit
    let lead = inline ? '' : indent;
    for (const key of keys) {
      const member = value[key];
      if (member === undefined) continue;
      this.path[depth] = key;
      this.out.push(lead, this.key(key, depth));
      lead = indent;
      if (Array.isArray(member) && member.length > 0) {
        this.out.push('\n');
        this.list(member, level, depth + 1, false);
      } else if (isMap(member) && !isEmpty(member)) {
        this.out.push('\n');
        this.map(member, level + 1, depth + 1, false);
      } else {
        this.leaf(member, level + 1, depth + 1);
      }
    }
  }

  /** A list that is not empty. `inline`: it is an item of another list and begins on the line of its dash. */
  private list(value: readonly unknown[], level: number, depth: number, inline: boolean): void {
    const indent = this.indent(level, depth);
    let lead = inline ? '' : indent;
    for (let index = 0; index < value.length; index++) {
      const item = value[index];
      this.path[depth] = index;
      this.out.push(lead, '-');
      lead = indent;
      if (Array.isArray(item) && item.length > 0) {
        this.out.push(' ');
        this.list(item, level + 1, depth + 1, true);
      } else if (isMap(item) && !isEmpty(item)) {
        this.out.push(' ');
        this.map(item, level + 1, depth + 1, true);
      } else {
        this.leaf(item, level + 1, depth + 1);
      }
    }
  }

  /** A scalar or an empty collection, with the blank before and the line feed after it. */
  private leaf(value: unknown, level: number, depth: number): void {
    if (typeof value === 'string') this.text(value, level, depth);
    else if (typeof value === 'boolean') this.out.push(value ? ' true\n' : ' false\n');
    else if (value === null) this.out.push(' null\n');
    else if (Array.isArray(value)) this.out.push(' []\n');
    else if (isMap(value)) this.out.push(' {}\n');
    else if (typeof value === 'number') this.out.push(` ${this.attempt(numberText, value, depth)}\n`);
    else throw this.error(depth, `${kindOf(value)} cannot be written as YAML`);
  }

  private text(value: string, level: number, depth: number): void {
    if (!value.includes('\n') || !isLiteral(value)) {
      this.out.push(this.attempt(valueText, value, depth));
      return;
    }
    if (value.endsWith('\n')) this.block = { text: value, index: this.out.length };
    this.out.push(literal(value, this.indent(level, depth)));
  }

  private key(key: string, depth: number): string {
    // Psych merges the members of `<<` even where it is quoted; only a tag stops it.
    if (key === '<<') return '!!str "<<":';
    if (key.length <= LONGEST_KEY) {
      const text = this.attempt(keyText, key, depth + 1);
      if (text.length <= LONGEST_WRITTEN_KEY) return text;
    }
    throw new RangeError(
      `${this.location(depth)}: the key that begins with ${JSON.stringify(key.slice(0, 40))} is too long: ` +
        `YAML allows 1024 characters with quotes and escapes, cdkops ${LONGEST_KEY}`,
    );
  }

  private indent(level: number, depth: number): string {
    const indent = INDENTS[level];
    if (indent === undefined || depth > DEEPEST) {
      throw this.error(depth, `nested more than ${DEEPEST} levels deep, or a part of itself`);
    }
    return indent;
  }

  /** Calls a function that knows nothing of paths and puts the path before its message. */
  private attempt<T>(write: (value: T) => string, value: T, depth: number): string {
    try {
      return write(value);
    } catch (error) {
      throw this.error(depth, error instanceof Error ? error.message : String(error));
    }
  }

  private error(depth: number, message: string): TypeError {
    return new TypeError(`${this.location(depth)}: ${message}`);
  }

  /** The path as one would write it in TypeScript: `spec.subnets[0].name`. */
  private location(depth: number): string {
    let location = '';
    for (const part of this.path.slice(0, depth)) {
      if (typeof part === 'number') location += `[${part}]`;
      else if (/^[A-Za-z_$][\w$]*$/.test(part)) location += location === '' ? part : `.${part}`;
      else location += `[${JSON.stringify(part)}]`;
    }
    return location === '' ? '(root)' : location.length > 300 ? `${location.slice(0, 300)}…` : location;
  }
}

/** True if the map has no member that would be written. */
function isEmpty(value: Record<string, unknown>): boolean {
  for (const key in value) {
    if (value[key] !== undefined && Object.hasOwn(value, key)) return false;
  }
  return true;
}

/** What a value is, in words, for messages. */
function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  const name: unknown = value.constructor?.name;
  return typeof name === 'string' && name !== ''
    ? `an instance of ${name}`
    : 'an object that is not plain data';
}
