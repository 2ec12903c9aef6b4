import { isShownIn } from './documents';
import { runProgram, typeErrors } from './programs';

// What guards the documents must itself notice a mistake.

const program = (minor: string) => `
import { Cluster, Fleet, StateStore, Wave } from 'cdkops';

export const fleet = new Fleet({ stateStore: StateStore.s3('acme'), kops: '1.36.2', kubernetesVersion: ${minor} });
new Cluster(new Wave(fleet, 'dev'), 'dev.k8s.local', { zones: ['eu-central-1a'] });
`;

test('a program in a document is run', () => {
  expect(runProgram(program("'1.35.5'")).fleet.waves.map(({ name }) => name)).toEqual(['dev']);
});

test('a wrong type in a document is found', () => {
  const block = (code: string) => ({ place: 'docs/a.md:1', code, isProgram: true });
  expect(typeErrors([block(program("'1.35.5'"))])).toBe('');
  expect(typeErrors([block(program('1.35'))])).toMatch(/docs-a-md-1\.ts.*Type 'number' is not assignable/);
}, 60_000);

test('a part of a program is found whatever its indentation, and only as whole lines', () => {
  const source = 'const a = 1;\n{\n  const b = 2;\n  const c = 3;\n}\n';
  expect(isShownIn('const b = 2;\nconst c = 3;\n', [source])).toBe(true);
  expect(isShownIn('  const b = 2;', [source])).toBe(true);
  expect(isShownIn('const b', [source])).toBe(false);
  expect(isShownIn('const a = 1;\nconst c = 3;', [source])).toBe(false);
});
