import { RootConstruct } from 'constructs';
import { Annotations, findingAt, formatFinding } from '../../src/core';

test('a finding is one line: construct, field, message, place', () => {
  const finding = {
    severity: 'error',
    path: 'prod/eu/nodes',
    field: 'spec.minSize',
    message: 'too big',
  } as const;
  const location = { file: `${process.cwd()}/clusters/fleet.ts`, line: 12, column: 3 };
  expect(formatFinding({ ...finding, location })).toBe(
    '[prod/eu/nodes] spec.minSize: too big (clusters/fleet.ts:12:3)',
  );
  expect(formatFinding({ ...finding, field: undefined })).toBe('[prod/eu/nodes] too big');
});

test('text that would break the line or steer a terminal is spelt out', () => {
  const finding = { severity: 'error', path: 'a\nb', message: 'x\u001b[31m\u2028y' } as const;
  expect(formatFinding(finding)).toBe('[a\\u000ab] x\\u001b[31m\\u2028y');
});

test('the root is called by its class', () => {
  expect(findingAt(new RootConstruct(), { message: 'x' })).toMatchObject({
    path: 'RootConstruct',
    severity: 'error',
  });
});

test('annotations stay with their construct, in order', () => {
  const construct = new RootConstruct();
  Annotations.of(construct).addError('one', 'field');
  Annotations.of(construct).addWarning('two');
  expect(Annotations.of(construct).problems).toEqual([
    { message: 'one', field: 'field', severity: 'error' },
    { message: 'two', field: undefined, severity: 'warning' },
  ]);
  expect(Annotations.of(new RootConstruct()).problems).toEqual([]);
});
