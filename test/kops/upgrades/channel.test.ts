import { type Channel, parseChannel } from '../../../src/kops/upgrades';
import { newerBy, ruleFor } from '../../../src/kops/upgrades/channel';
import { parseVersion, type Version } from '../../../src/kops/upgrades/version';

const TEXT = `
spec:
  images:
  - name: ignored
    kubernetesVersion: ">=1.32.0"
  cluster:
    kubernetesVersion: v1.5.8
  kubernetesVersions:
  - range: ">=1.35.0"
    recommendedVersion: 1.35.7
    requiredVersion: v1.35.2
  - range: ">=1.34.0"
    recommendedVersion: 1.34.10
  - recommendedVersion: 1.33.13
  kopsVersions:
  - range: ">=1.36.0-alpha.1"
    recommendedVersion: "1.36.0-beta.1"
    #requiredVersion: 1.36.0
    kubernetesVersion: 1.36.3
`;

const version = (text: string) => parseVersion(text) as Version;

test('reads what a channel says of versions', () => {
  expect(parseChannel(TEXT, 'stable')).toEqual<Channel>({
    kubernetesVersions: [
      { range: '>=1.35.0', recommendedVersion: '1.35.7', requiredVersion: 'v1.35.2' },
      { range: '>=1.34.0', recommendedVersion: '1.34.10' },
      { recommendedVersion: '1.33.13' },
    ],
    kopsVersions: [{ range: '>=1.36.0-alpha.1', recommendedVersion: '1.36.0-beta.1' }],
  });
});

test('one of the two lists is enough', () => {
  const kopsVersions = [{ range: '>=1.0.0' }];
  expect(parseChannel(JSON.stringify({ spec: { kopsVersions } }), 'mine')).toEqual({
    kubernetesVersions: [],
    kopsVersions,
  });
});

test.each([
  ['a: [', 'is no YAML'],
  ['<!DOCTYPE html>', 'expected a channel of kOps, got the string'],
  ['', 'expected a channel of kOps, got null'],
  ['- 1', 'expected a channel of kOps, got a list'],
  ['kind: Cluster', 'expected a channel of kOps, with a field spec, got undefined for it'],
  ['spec: {subnets: []}', 'spec has neither kubernetesVersions nor kopsVersions'],
  ['spec: {kopsVersions: {}}', 'spec.kopsVersions: expected a list, got an object'],
  ['spec: {kopsVersions: [1.36.2]}', 'spec.kopsVersions[0]: expected an object with range'],
  [
    'spec: {kopsVersions: [{}, {range: "^1.36"}]}',
    'spec.kopsVersions[1].range: expected a range such as ">=1.35.0 <1.36.0", got the string "^1.36"',
  ],
  [
    'spec: {kubernetesVersions: [{recommendedVersion: 1.35}]}',
    'spec.kubernetesVersions[0].recommendedVersion: expected a version such as "1.35.1", got the number 1.35',
  ],
  ['spec: {kubernetesVersions: [{requiredVersion: newest}]}', 'requiredVersion: expected a version'],
])('refuses %j', (text, message) => {
  expect(() => parseChannel(text, 'mine.yaml')).toThrow(
    expect.objectContaining({
      name: 'UserError',
      message: expect.stringMatching(/^mine\.yaml: /),
    }),
  );
  expect(() => parseChannel(text, 'mine.yaml')).toThrow(message);
});

test('the first rule that holds counts; one without a range holds for all', () => {
  const { kubernetesVersions } = parseChannel(TEXT, 'stable');
  const recommended = (text: string) => ruleFor(kubernetesVersions, version(text))?.recommendedVersion;
  expect(recommended('1.36.0')).toBe('1.35.7');
  expect(recommended('1.35.0')).toBe('1.35.7');
  expect(recommended('1.35.0-rc.1')).toBe('1.34.10');
  expect(recommended('1.20.0')).toBe('1.33.13');
  expect(ruleFor([{ range: '>=1.36.0' }], version('1.35.0'))).toBeUndefined();
});

test('only a newer version is recommended or required', () => {
  const rule = { recommendedVersion: '1.35.7', requiredVersion: 'v1.35.2' };
  const newer = (field: 'recommendedVersion' | 'requiredVersion', text: string) =>
    newerBy(rule, field, version(text))?.version;
  expect(newer('recommendedVersion', '1.35.6')).toBe('1.35.7');
  expect(newer('recommendedVersion', '1.35.7-rc.1')).toBe('1.35.7');
  expect(newer('recommendedVersion', '1.35.7')).toBeUndefined();
  expect(newer('recommendedVersion', '1.36.0')).toBeUndefined();
  expect(newer('requiredVersion', '1.35.1')).toBe('1.35.2');
  expect(newer('requiredVersion', '1.35.2')).toBeUndefined();
  expect(newerBy({}, 'requiredVersion', version('1.35.1'))).toBeUndefined();
  expect(newerBy(undefined, 'requiredVersion', version('1.35.1'))).toBeUndefined();
});
