import { anyOf, globOf } from '../../src/delivery/name-patterns';
import { fits } from './pipeline-model/glob';

const FILES = ['kops.yaml', 'pipeline.yml'];
const NAMES = [
  ['dev.k8s.acme.example'],
  ['eu.k8s.acme.example', 'us.k8s.acme.example'],
  ['eu.k8s.acme.example', 'office.k8s.local'],
  ['example', 'a.example', 'b.example'],
  ['a.example', 'b.a.example'],
  ['local', 'other'],
  ['a.b', 'a.b.a.b'],
  ['a-1.k8s.example', 'a.1.k8s.example', 'a1.k8s.example'],
];
/** Names that are none of the others, and look like them. */
const others = (names: readonly string[]) => [
  ...names.flatMap((name) => [
    `x${name}`,
    `${name}x`,
    `x.${name}`,
    `${name}.x`,
    name.replace('.', 'x'),
    name.slice(1),
  ]),
  '',
  'k8s.acme.example',
];

describe.each(NAMES.map((names) => [names]))('%j', (names) => {
  const strangers = others(names).filter((name) => !names.includes(name));

  test('are what the expression takes, and nothing else', () => {
    const expression = new RegExp(`^(all|${anyOf(names)})$`);
    for (const name of names) expect([name, expression.test(name)]).toEqual([name, true]);
    for (const name of strangers) expect([name, expression.test(name)]).toEqual([name, false]);
  });

  test('are what the pattern fits, and nothing else', () => {
    const pattern = globOf(names, FILES);
    const isFitting = (name: string, file: string) => fits(pattern, `clusters/${name}/${file}`);
    for (const name of names) {
      for (const file of FILES) expect([name, file, isFitting(name, file)]).toEqual([name, file, true]);
      expect([name, isFitting(name, 'README.md')]).toEqual([name, false]);
    }
    for (const name of strangers) expect([name, isFitting(name, 'kops.yaml')]).toEqual([name, false]);
  });
});

test('what all have in common is written once', () => {
  const names = ['eu.k8s.acme.example', 'us.k8s.acme.example'];
  expect(anyOf(names)).toBe('(eu|us)\\.k8s\\.acme\\.example');
  expect(globOf(names, FILES)).toBe('clusters/{eu,us}.k8s.acme.example/{kops.yaml,pipeline.yml}');
});
