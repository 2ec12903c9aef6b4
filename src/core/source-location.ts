import * as path from 'node:path';
import type { Construct, IConstruct } from 'constructs';

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
const CONSTRUCTS_FOLDER = `${path.sep}node_modules${path.sep}constructs${path.sep}`;
const FRAME = /^\s+at (?:(?<name>.*?) \()?(?:file:\/\/)?(?<file>[^()]+):(?<line>\d+):(?<column>\d+)\)?$/;

/** The stack of each construct, unread: reading costs four times as much as capturing, and only a finding needs it. */
const stacks = new WeakMap<IConstruct, { readonly stack?: string }>();

/** Remembers where `construct` is made; to be called in the constructor of a construct of ours. */
export function captureSource(construct: Construct): void {
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
  let fallback: SourceLocation | undefined;
  for (const text of stack.split('\n')) {
    const frame = FRAME.exec(text)?.groups;
    if (!frame?.file || frame.file.startsWith('node:')) continue;
    if (frame.file.startsWith(OWN_FOLDER) || frame.file.includes(CONSTRUCTS_FOLDER)) continue;
    const location = { file: frame.file, line: Number(frame.line), column: Number(frame.column) };
    if (!subclasses.has(frame.name ?? '')) return location;
    fallback ??= location;
  }
  return fallback;
}
