import { importStatement } from '../code/cluster-file';
import type { Code } from '../code/model';
import { variableName } from '../code/names';
import { printCode, printStatements } from '../code/print';
import { addImports, addName, type Edit, type ImportToAdd, styleOf } from './fleet-edits';
import { type ImportStatement, leadingImports } from './fleet-imports';
import { FLEET_MARKER, type MarkedPlace, markedPlace } from './fleet-marker';
import { type FleetNames, isFromCdkops, localName, namesAt } from './fleet-names';
import { type FleetSource, readSource } from './fleet-source';

export { FLEET_MARKER };

/** A cluster for the fleet: the function that adds it, and where that is. */
export interface AddedCluster {
  readonly functionName: string;
  /** As the fleet's file imports it: `./c.k8s.local/cluster`. */
  readonly from: string;
  /** The name of the wave that it goes to. */
  readonly wave: string;
}

/** The fleet's file with more clusters; or the lines that somebody has to add, and why, as the end of a sentence. */
export type FleetChange = { readonly text: string } | { readonly lines: string[]; readonly why: string };

/** What a fleet needs from the start. */
export interface NewFleet {
  /** The store's code, for instance `StateStore.s3('bucket')`. */
  readonly stateStore: Code | undefined;
  readonly kops: string;
  readonly kubernetesVersion?: string;
}

/** The file of a fleet that has no clusters yet, with the place where they go. */
export function newFleetFile({ stateStore, kops, kubernetesVersion }: NewFleet): string {
  const literal = (value: string): Code => ({ kind: 'literal', value });
  const isStore = stateStore?.kind === 'call' && stateStore.callee.startsWith('StateStore.');
  const member = (key: string, value: Code | undefined) =>
    value === undefined ? [] : [`  ${key}: ${printCode(value, 2, key.length + 4)},`];
  return [
    importStatement(['Fleet', ...(isStore ? ['StateStore'] : [])], 'cdkops'),
    '',
    '/** All clusters, in waves. */',
    // A line each, however short they are: there will be more.
    'export const fleet = new Fleet({',
    ...member('stateStore', stateStore),
    ...member('kops', literal(kops)),
    ...member('kubernetesVersion', kubernetesVersion === undefined ? undefined : literal(kubernetesVersion)),
    '});',
    '',
    FLEET_MARKER,
    '',
  ].join('\n');
}

/**
 * Adds clusters to the file of a fleet: an import and a call each, and the wave where there is none of that name. The file is the
 * user's: where it is not plain what belongs where, it is left alone.
 * @param waves - the names of the waves that the fleet has, however its code makes them
 */
export function addToFleet(
  text: string,
  additions: readonly AddedCluster[],
  waves: readonly string[] = [],
): FleetChange {
  const source = readSource(text);
  const imports = source && leadingImports(source);
  if (!source || !imports)
    return byHand(additions, 'since it could not be told where its imports and statements end');
  return new FleetEditor(source, imports, waves).add(additions);
}

/** All lines for a file that nothing is known about. */
function byHand(additions: readonly AddedCluster[], why: string): FleetChange {
  const taken: ReadonlySet<string> = new Set();
  return {
    lines: [
      ...additions.map(({ functionName, from }) => importStatement([functionName], from)),
      ...additions.map(({ functionName, wave }) => `${functionName}(${variableName(wave, taken)});`),
    ],
    why,
  };
}

class FleetEditor {
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
    const styled = (line: string) =>
      line.replace(/;$/, semicolon).replace(/'([^'"\\]*)'/g, (_, inner) => `${quote}${inner}${quote}`);
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
      .filter((statement) => sameModule(statement.from, from) && !statement.isType)
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

function sameModule(from: string | undefined, other: string): boolean {
  return from?.replace(/\.[jt]s$/, '') === other;
}

function apply(text: string, edits: readonly Edit[]): string {
  const sorted = edits.map((edit, index) => ({ ...edit, index }));
  sorted.sort((one, other) => other.start - one.start || other.index - one.index);
  return sorted.reduce(
    (all, { start, end, text: added }) => all.slice(0, start) + added + all.slice(end),
    text,
  );
}
