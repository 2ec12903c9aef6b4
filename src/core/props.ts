import type { IConstruct } from 'constructs';
import type { Problem } from './findings';
import { isOnBehalf } from './on-behalf';
import { type Members, object, read } from './shape';

const misuses = new WeakMap<IConstruct, Problem[]>();

/**
 * Reads the props of a construct, so that all code after that can rely on their types: what is wrong is left out, and
 * remembered as misuse of the construct.
 */
export function readProps<T extends object>(construct: IConstruct, props: unknown, members: Members<T>): T {
  if (isOnBehalf()) return (props ?? {}) as T;
  const value = read(object(members), props, '', (field, message) => reportMisuse(construct, message, field));
  return (value ?? {}) as T;
}

/** Remembers that a construct was given what cannot be used; what is built on it cannot be judged. */
export function reportMisuse(construct: IConstruct, message: string, field = ''): void {
  const problem: Problem = field === '' ? { message } : { message, field };
  const known = misuses.get(construct);
  if (known) known.push(problem);
  else misuses.set(construct, [problem]);
}

/** What a construct was given that cannot be used. */
export function misuseOf(construct: IConstruct): readonly Problem[] {
  return misuses.get(construct) ?? [];
}
