let isWorking = false;

/**
 * Makes constructs on behalf of the one around them, out of its props: no line of the administrator's asks for them, so
 * that the one around says where they come from, and their props have been judged with its own.
 */
export function onBehalf(make: () => void): void {
  isWorking = true;
  try {
    make();
  } finally {
    isWorking = false;
  }
}

/** Whether that is going on. */
export function isOnBehalf(): boolean {
  return isWorking;
}
