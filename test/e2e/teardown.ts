/** Setup and teardown are loaded apart, but in one process. */
const pending = (globalThis as { cdkopsE2eTeardown?: (() => unknown)[] }).cdkopsE2eTeardown ?? [];
(globalThis as { cdkopsE2eTeardown?: (() => unknown)[] }).cdkopsE2eTeardown = pending;

/** Has something undone after the last test. */
export function tearDownWith(undo: () => unknown): void {
  pending.push(undo);
}

/** Once after all end-to-end tests, also where some failed. */
export default async function teardown(): Promise<void> {
  for (const undo of pending.splice(0).reverse()) await undo();
}
