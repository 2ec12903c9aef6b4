/** What setup hands to the tests, which run in processes of their own: through their environment. */
const VARIABLES = {
  kops: 'CDKOPS_E2E_KOPS_BINARY',
  kubectl: 'CDKOPS_E2E_KUBECTL_BINARY',
  emulator: 'CDKOPS_E2E_EMULATOR',
  python: 'CDKOPS_E2E_PYTHON',
  home: 'CDKOPS_E2E_HOME',
} as const;

type Provided = keyof typeof VARIABLES;

export function provide(values: Readonly<Record<Provided, string>>): void {
  for (const name of Object.keys(VARIABLES) as Provided[]) process.env[VARIABLES[name]] = values[name];
}

export function provided(name: Provided): string {
  const value = process.env[VARIABLES[name]];
  if (!value) throw new Error(`${VARIABLES[name]} is not set: run these tests with npx projen e2e`);
  return value;
}
