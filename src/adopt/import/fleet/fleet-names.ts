import type { ImportStatement } from './fleet-imports';
import type { FleetSource } from './fleet-source';
import { endsWithCall, escaped, isAssignedElsewhere } from './fleet-variables';

/** A wave that the text of a fleet declares. */
export interface DeclaredWave {
  readonly name: string;
  /** `undefined` for one that nothing refers to, or that is not known where it is needed. */
  readonly variable: string | undefined;
}

/** What is known at a place of a fleet's file. */
export interface FleetNames {
  readonly waves: readonly DeclaredWave[];
  /** Whether a name may be among the waves all the same: it is no plain string somewhere. */
  readonly hasUnnamedWaves: boolean;
  /** The variable of the fleet, where there is one. */
  readonly fleet: string | undefined;
  /** All identifiers of the file, and words of the language. */
  readonly words: ReadonlySet<string>;
}

const CALL = String.raw`new\s+([\w$.]*(?:Wave|Fleet))\s*\(`;
const VARIABLE = String.raw`\b(const|let|var)\s+([\w$]+)\s*(?::\s*[\w$.]+\s*)?=\s*`;
const SOME_CALL = /\bnew\s+[\w$.]*(?:Wave|Fleet)\b/g;
const VARIABLE_BEFORE = new RegExp(`${VARIABLE}$`);
const CALL_HERE = new RegExp(`^${CALL}`);
const NAME_HERE = /^\s*[\w$.]+\s*,\s*(['"`])/;

/** The waves and the fleet that code at a place may use. */
export function namesAt(source: FleetSource, position: number): FleetNames {
  const { code } = source;
  const words = identifiersOf(source);
  const waves: DeclaredWave[] = [];
  const fleets: (string | undefined)[] = [];
  let hasUnnamedWaves = false;
  for (const { index } of code.matchAll(SOME_CALL)) {
    const variable = variableOf(source, index, position);
    const [call, className] = CALL_HERE.exec(code.slice(index)) ?? [];
    if (call !== undefined && className?.endsWith('Fleet')) fleets.push(variable);
    else {
      const name = call === undefined ? undefined : firstText(source, index + call.length);
      if (name === undefined) hasUnnamedWaves = true;
      else waves.push({ name, variable });
    }
  }
  return { waves, hasUnnamedWaves, fleet: fleets.length === 1 ? fleets[0] : undefined, words };
}

/** All identifiers of a file, and words of the language. */
export function identifiersOf({ code }: FleetSource): ReadonlySet<string> {
  return new Set(code.match(/[\w$]+/g));
}

/** The variable that keeps what is made at `index`, if it is known at `position`. */
function variableOf(source: FleetSource, index: number, position: number): string | undefined {
  const { code } = source;
  const [declaration = '', kind, variable] = VARIABLE_BEFORE.exec(code.slice(0, index)) ?? [];
  if (variable === undefined || index > position || !endsWithCall(source, index)) return undefined;
  const around = source.openAt(position);
  const isKnown = source.openAt(index).every((bracket) => around.includes(bracket));
  // Another of that name may be nearer.
  const declared = code.match(
    new RegExp(`\\b(?:const|let|var|function|class)\\s+${escaped(variable)}(?![\\w$])`, 'g'),
  );
  const isParameter = around.some((bracket) => wordIn(headOf(source, bracket), variable));
  if (!isKnown || declared?.length !== 1 || isParameter) return undefined;
  const isKept = kind === 'const' || !isAssignedElsewhere(source, variable, index - declaration.length);
  return isKept ? variable : undefined;
}

/** What stands in round brackets before a block: the parameters of a function, the condition of a loop. */
function headOf({ code, openAt }: FleetSource, block: number): string {
  const before = code
    .slice(0, block)
    .trimEnd()
    .replace(/\s*=>$/, '');
  if (!before.endsWith(')')) return /[\w$]*$/.exec(before)?.[0] ?? '';
  return before.slice(openAt(before.length - 1).at(-1));
}

function wordIn(code: string, word: string): boolean {
  return new RegExp(`(?<![\\w$])${escaped(word)}(?![\\w$])`).test(code);
}

/** The second argument behind a bracket, where it is a plain string. */
function firstText({ text, code }: FleetSource, start: number): string | undefined {
  const [before, quote = ''] = NAME_HERE.exec(code.slice(start)) ?? [];
  if (before === undefined) return undefined;
  const from = start + before.length;
  const end = code.indexOf(quote, from);
  const name = text.slice(from, end);
  return end < 0 || /[\\\n]|\$\{/.test(name) || !/^\s*[,)]/.test(code.slice(end + 1)) ? undefined : name;
}

/** The name by which a class of cdkops is known, if it is imported as a value. */
export function localName(imports: readonly ImportStatement[], name: string): string | undefined {
  const names = imports
    .filter(isFromCdkops)
    .flatMap((statement) => (statement.isType ? [] : statement.names));
  return names.find((each) => each.name === name && !each.isType)?.local;
}

/** Whether a statement imports from cdkops. */
export function isFromCdkops({ from }: ImportStatement): boolean {
  return from === 'cdkops';
}
