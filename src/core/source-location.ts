import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Construct, IConstruct } from 'constructs';
import { isOnBehalf } from './on-behalf';

/** A place in the administrator's TypeScript. */
export interface SourceLocation {
  /** Absolute path of the file. */
  readonly file: string;
  /** Line, counted from 1. */
  readonly line: number;
  /** Column, counted from 1. */
  readonly column: number;
}

/** Frames kept for a construct: our own constructors plus a few of the administrator's subclasses. */
const DEPTH = 12;
/** Files below this folder are ours, not the administrator's. */
const OWN_FOLDER = path.resolve(__dirname, '..') + path.sep;
/** Code of others: the constructs library, a package of shared constructs, whatever loads TypeScript. */
const PACKAGES = `${path.sep}node_modules${path.sep}`;
/** `at new AcmeCluster (/home/me/fleet.ts:3:5)` or `at /home/me/fleet.ts:3:5`; the path may have blanks and parentheses. */
const FRAME =
  /^\s+at (?:(?<name>(?!\/|file:|[A-Za-z]:[\\/]).*?) \()?(?<file>.+):(?<line>\d+):(?<column>\d+)\)?$/;

/** The stack of each construct, unread: reading costs four times as much as capturing, and only a finding needs it. */
const stacks = new WeakMap<IConstruct, { readonly stack?: string }>();

/** Remembers where `construct` is made; to be called in the constructor of a construct of ours. */
export function captureSource(construct: Construct): void {
  if (isOnBehalf()) return;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, captureSource);
  Error.stackTraceLimit = limit;
  stacks.set(construct, holder);
}

/** Where the administrator's code made `construct`, or the nearest construct around it that has a known place. */
export function sourceOf(construct: IConstruct): SourceLocation | undefined {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    const stack = stacks.get(at)?.stack;
    const location = stack === undefined ? undefined : readStack(stack, subclassNames(at));
    if (location) return location;
  }
  return undefined;
}

/** The first place of the administrator's own in the stack of an error that their code threw. */
export function sourceOfError(error: Error): SourceLocation | undefined {
  return error.stack === undefined ? undefined : readStack(error.stack, new Set());
}

/** `file:line:column`, the file relative to the working directory where that is shorter to read. */
export function formatLocation(location: SourceLocation): string {
  const relative = path.relative(process.cwd(), location.file);
  const file = relative.startsWith(`..${path.sep}..`) || relative === '' ? location.file : relative;
  return `${file}:${location.line}:${location.column}`;
}

/**
 * Names of the classes between the construct's own and ours. `class AcmeCluster extends Cluster` puts a frame
 * `new AcmeCluster` (its `super(…)`) before the line that an administrator looks for: the one with `new AcmeCluster(…)`.
 */
function subclassNames(construct: IConstruct): Set<string> {
  const names = new Set<string>();
  for (
    let type = construct.constructor;
    type && type !== Function.prototype;
    type = Object.getPrototypeOf(type)
  ) {
    names.add(`new ${type.name}`);
  }
  return names;
}

function readStack(stack: string, subclasses: ReadonlySet<string>): SourceLocation | undefined {
  let inSubclass: SourceLocation | undefined;
  let inPackage: SourceLocation | undefined;
  for (const text of stack.split('\n')) {
    const frame = FRAME.exec(text)?.groups;
    if (!frame?.file || frame.file.startsWith('node:')) continue;
    const file = frame.file.startsWith('file:') ? fileURLToPath(frame.file) : frame.file;
    if (!path.isAbsolute(file) || file.startsWith(OWN_FOLDER)) continue;
    const location = { file, line: Number(frame.line), column: Number(frame.column) };
    if (file.includes(PACKAGES)) inPackage ??= location;
    else if (subclasses.has(frame.name ?? '')) inSubclass ??= location;
    else return location;
  }
  return inSubclass ?? inPackage;
}
