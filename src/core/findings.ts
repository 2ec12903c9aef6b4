import type { IConstruct } from 'constructs';
import { formatLocation, type SourceLocation, sourceOf } from './source-location';

/** What is wrong with one thing, before it is known which construct that is. */
export interface Problem {
  /**
   * The field in kOps's or GitLab's own notation, for instance `spec.etcdClusters[main].etcdMembers[0].volumeSize`.
   * @default - the construct as a whole
   */
  readonly field?: string;
  /** What was given, what was expected, what to do. */
  readonly message: string;
  /**
   * `error` stops synth; `warning` does not.
   * @default 'error'
   */
  readonly severity?: Severity;
}

/** An `error` stops synth; a `warning` is only printed. */
export type Severity = 'error' | 'warning';

/** A problem at its place: what synth reports. */
export interface Finding extends Problem {
  readonly severity: Severity;
  /** Path of the construct in the tree, for instance `prod/eu.k8s.example.com/nodes`. */
  readonly path: string;
  /** The line of TypeScript that made the construct. */
  readonly location?: SourceLocation;
}

const annotations = new WeakMap<IConstruct, Problem[]>();

/** Findings that a construct carries with it until synth reports them, so that one run tells all. */
export class Annotations {
  /** The annotations of a construct. */
  public static of(construct: IConstruct): Annotations {
    return new Annotations(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /** Adds an error: synth reports it and writes nothing. */
  public addError(message: string, field?: string): void {
    this.add({ message, field, severity: 'error' });
  }

  /** Adds a warning: synth reports it and goes on. */
  public addWarning(message: string, field?: string): void {
    this.add({ message, field, severity: 'warning' });
  }

  /** What was added so far, in order. */
  public get problems(): readonly Problem[] {
    return annotations.get(this.construct) ?? [];
  }

  private add(problem: Problem): void {
    const known = annotations.get(this.construct);
    if (known) known.push(problem);
    else annotations.set(this.construct, [problem]);
  }
}

/** Gives a problem its place. */
export function findingAt(construct: IConstruct, problem: Problem): Finding {
  return {
    severity: 'error',
    ...problem,
    path: construct.node.path || construct.constructor.name,
    location: sourceOf(construct),
  };
}

/** One line: `[prod/eu.k8s.example.com/nodes] spec.minSize: … (clusters/fleet.ts:12:3)`. */
export function formatFinding(finding: Finding): string {
  const field = finding.field ? `${finding.field}: ` : '';
  const place = finding.location ? ` (${formatLocation(finding.location)})` : '';
  return withoutControls(`[${finding.path}] ${field}${finding.message}${place}`);
}

/** Text of the user's must not break the line, or steer the terminal. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/**
 * Text with what breaks a line or steers a terminal spelled out: `\u001b`.
 * @param kept - control characters that stay
 */
export function withoutControls(text: string, kept = ''): string {
  return text.replace(CONTROL, (character) => (kept.includes(character) ? character : spell(character)));
}

function spell(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
