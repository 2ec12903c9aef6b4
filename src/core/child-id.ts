import { Construct } from 'constructs';
import { UserError } from './errors';
import { given } from './words';

/**
 * An id for a new construct in `scope`: its name, or where that is taken or no name, something that is free. What is
 * wrong with names is then a finding among others, not a crash.
 * @throws UserError where `scope` is no construct.
 */
export function childId(scope: unknown, name: unknown): string {
  if (!Construct.isConstruct(scope)) {
    const what = typeof name === 'string' ? `"${name}"` : 'a construct';
    throw new UserError(`${what} needs a construct to be in: new …(scope, 'name', …), got ${given(scope)}`);
  }
  let id = typeof name === 'string' && name !== '' ? name : '(unnamed)';
  // The constructs library keeps children in a plain object, which has a "constructor" from birth.
  while (id in {} || scope.node.tryFindChild(id)) id += ' (again)';
  return id;
}
