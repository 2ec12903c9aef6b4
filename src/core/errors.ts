/**
 * A mistake in what cdkops was given, told in one sentence that says what to do. The command line prints its message
 * and the place in the administrator's code, never a stack.
 */
export class UserError extends Error {
  public override readonly name = 'UserError';
}
