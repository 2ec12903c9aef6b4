import * as fc from 'fast-check';
import { functionName, variableName } from '../../../../src/adopt/import/code/names';

const NONE: ReadonlySet<string> = new Set();

test.each([
  ['c.k8s.local', 'addCK8sLocal'],
  ['dev-1.acme.example', 'addDev1AcmeExample'],
  ['1.2', 'add12'],
  ['Łódź.pl', 'addOdzPl'],
  ['prod_EU', 'addProdEU'],
  ['日本', 'addCluster'],
  ['', 'addCluster'],
])('%s is added by %s', (name, wanted) => {
  expect(functionName(name, NONE)).toBe(wanted);
});

test('a name that is taken gets a number', () => {
  const taken = new Set(['addAB', 'addAB2', 'addA1']);
  expect(functionName('a-b', taken)).toBe('addAB3');
  expect(functionName('a1', taken)).toBe('addA1_2');
});

test.each([
  ['dev', 'dev'],
  ['eu-west', 'euWest'],
  ['default', 'default2'],
  ['1st', 'wave1st'],
  ['波', 'wave'],
  ['Prod', 'prod'],
])('the variable of the wave %s is %s', (name, wanted) => {
  expect(variableName(name, NONE)).toBe(wanted);
});

test('names are identifiers, whatever they are made of, and all of their own', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.domain());
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), (all) => {
      const taken = new Set<string>();
      for (const name of all) {
        for (const make of [functionName, variableName]) {
          const result = make(name, taken);
          expect(result).toMatch(/^[a-z][A-Za-z0-9_]*$/);
          expect(taken).not.toContain(result);
          expect(() => new Function(`'use strict'; const ${result} = 1;`)).not.toThrow();
          expect(make(name, taken)).toBe(result);
          taken.add(result);
        }
      }
    }),
  );
});
