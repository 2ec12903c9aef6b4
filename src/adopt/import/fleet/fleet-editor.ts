import { importStatement } from '../code/cluster-file';
import type { Code } from '../code/model';
import { variableName } from '../code/names';
import { printStatements } from '../code/print';
import type { AddedCluster, FleetChange } from './added-cluster';
import { addImports, addName, type Edit, type ImportToAdd, styleOf } from './fleet-edits';
import { type ImportStatement, moduleOf } from './fleet-imports';
import { type MarkedPlace, markedPlace } from './fleet-marker';
import { type FleetNames, isFromCdkops, localName, namesAt } from './fleet-names';
import type { FleetSource } from './fleet-source';

/** Adds clusters to a file whose code can be told from its text. */
export class FleetEditor {
  readonly #reasons: string[] = [];
  readonly #edits: Edit[] = [];
  readonly #imports: ImportToAdd[] = [];
  /** Lines for the marked place. */
  readonly #waves: string[] = [];
  readonly #calls: string[] = [];
  readonly #variables = new Map<string, string>();
  readonly #place: MarkedPlace | undefined;
  readonly #names: FleetNames;
  readonly #taken: Set<string>;

  constructor(
    readonly source: FleetSource,
    readonly imports: readonly ImportStatement[],
    readonly waves: readonly string[],
  ) {
    const place = markedPlace(source);
    if (typeof place === 'string') this.#reasons.push(place);
    else this.#place = place;
    this.#names = namesAt(source, this.#place?.line ?? source.code.length);
    this.#taken = new Set(this.#names.words);
  }

  add(additions: readonly AddedCluster[]): FleetChange {
    const { quote, semicolon, lineEnd } = styleOf(this.source, this.imports);
    const styled = (line: string) => inStyle(line, quote, semicolon);
    for (const addition of additions) this.#add(addition);
    if (this.#calls.length === 0) return { text: this.source.text };
    const moved = addImports(this.source, this.imports, this.#imports, styled, lineEnd);
    if (!moved) this.#reasons.push('since it does not begin with imports that stand on lines of their own');
    const [why] = this.#reasons;
    if (why !== undefined || !moved || !this.#place) return this.#byHand(why ?? '');
    const { line, indentation } = this.#place;
    const above = this.source.text.slice(0, line).split('\n').at(-2)?.trim() ?? '';
    const blank = this.#waves.length > 0 && above !== '' && !above.endsWith('{') ? [''] : [];
    const lines = [...blank, ...[...this.#waves, ...this.#calls].map((each) => indentation + styled(each))];
    this.#edits.push(...moved, {
      start: line,
      end: line,
      text: lines.map((each) => each + lineEnd).join(''),
    });
    return { text: apply(this.source.text, this.#edits) };
  }

  #add({ functionName, from, wave }: AddedCluster): void {
    const known = this.imports
      .filter((statement) => moduleOf(statement.from) === moduleOf(from) && !statement.isType)
      .flatMap(({ names }) => names.filter(({ name, isType }) => name === functionName && !isType));
    const local = known[0]?.local ?? functionName;
    if (known.length === 0) {
      if (this.#taken.has(functionName)) {
        this.#reasons.push(`since it uses the name ${functionName} for something else`);
      }
      this.#taken.add(functionName);
      this.#imports.push({ name: functionName, from });
    } else if (this.#isCalled(local)) return;
    this.#calls.push(`${local}(${this.#variableOf(wave)});`);
  }

  #isCalled(name: string): boolean {
    const { code } = this.source;
    const pattern = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*\\(`);
    return pattern.test(code.slice(this.imports.at(-1)?.end ?? 0));
  }

  /** The variable of a wave, which is declared where there is no such wave yet. */
  #variableOf(wave: string): string {
    const known = this.#variables.get(wave);
    if (known !== undefined) return known;
    const variable = this.#declared(wave) ?? this.#newWave(wave);
    this.#variables.set(wave, variable);
    return variable;
  }

  #declared(wave: string): string | undefined {
    const { waves, hasUnnamedWaves } = this.#names;
    const [found, another] = waves.filter(({ name }) => name === wave);
    if (found?.variable !== undefined && !another) return found.variable;
    const name = JSON.stringify(wave);
    if (another) this.#reasons.push(`since it has the wave ${name} more than once`);
    else if (found) {
      this.#reasons.push(
        `since no variable that is known there has the wave ${name}: declare it with \`const\` above`,
      );
    } else if (this.waves.includes(wave)) {
      this.#reasons.push(`since it does not say by its name which variable has the wave ${name}`);
    } else if (hasUnnamedWaves) {
      this.#reasons.push(
        `since it has waves whose names are no plain strings, and one of them may be ${name}`,
      );
    } else return undefined;
    return found?.variable ?? variableName(wave, new Set());
  }

  #newWave(wave: string): string {
    const variable = variableName(wave, this.#taken);
    this.#taken.add(variable);
    const { fleet } = this.#names;
    if (fleet === undefined) this.#reasons.push('since no variable that is known there has the fleet');
    const call: Code = {
      kind: 'call',
      callee: `new ${this.#waveClass()}`,
      arguments: [
        { kind: 'raw', text: fleet ?? 'fleet' },
        { kind: 'literal', value: wave },
      ],
    };
    this.#waves.push(printStatements([{ lead: `const ${variable} = `, code: call }], 0).trimEnd());
    return variable;
  }

  /** The name of the class, which is imported where it is not yet. */
  #waveClass(): string {
    const known = localName(this.imports, 'Wave');
    if (known !== undefined || this.#waves.length > 0) return known ?? 'Wave';
    const edit = addName(this.source, this.imports.filter(isFromCdkops), 'Wave');
    if (edit) this.#edits.push(edit);
    else this.#reasons.push("since there is no import of cdkops's classes that `Wave` could be added to");
    return 'Wave';
  }

  #byHand(why: string): FleetChange {
    const cdkops = this.#edits.length > 0 ? [importStatement(['Wave'], 'cdkops')] : [];
    const imports = this.#imports.map(({ name, from }) => importStatement([name], from));
    return { lines: [...cdkops, ...imports, ...this.#waves, ...this.#calls], why };
  }
}

/** A line that was written with single quotes and a semicolon. */
function inStyle(line: string, quote: string, semicolon: string): string {
  // Where there are other quotes in it, which of them belong together is not for a pattern to say.
  const quoted = /["\\]/.test(line) ? line : line.replaceAll("'", quote);
  return quoted.replace(/;$/, semicolon);
}

function apply(text: string, edits: readonly Edit[]): string {
  const sorted = edits.map((edit, index) => ({ ...edit, index }));
  sorted.sort((one, other) => other.start - one.start || other.index - one.index);
  return sorted.reduce(
    (all, { start, end, text: added }) => all.slice(0, start) + added + all.slice(end),
    text,
  );
}
