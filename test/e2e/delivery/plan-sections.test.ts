import fc from 'fast-check';
import { busyboxFolder } from '../support/busybox';
import { ScriptFunctions } from '../support/script-functions';
import type { Shell } from '../support/script-run';

// What kops prints depends on chance here and there; a plan must not, or nobody could carry out the plan that was read.

let functions: ScriptFunctions;
let busybox: string;
beforeAll(() => {
  functions = new ScriptFunctions();
  busybox = busyboxFolder();
});

/** The plan in what kops printed. */
function sections(printed: string, shell: Shell = 'dash'): string {
  const path = `${shell === 'busybox' ? `${busybox}:` : ''}${process.env.PATH}`;
  const { code, stdout, stderr } = functions.run('plan_sections', {
    input: printed,
    shell,
    env: { PATH: path },
  });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout;
}

/** A field's line, as kops prints it. */
const field = (name: string, value: string) => `  \t${name.padEnd(20)}\t${value}`;

/** A change of one resource with these fields, with all that kops prints around it. */
const printed = (...fields: string[]) =>
  ['Will modify resources:', '  Subnet/a', ...fields, '', 'Must specify --yes to apply changes', ''].join(
    '\n',
  );

/** What the plan makes of a field's value. */
const planned = (value: string, shell?: Shell) =>
  sections(printed(field('Tags', value)), shell)
    .split('\n')[2]
    ?.split('\t')[2];

const MAPS: readonly (readonly [what: string, value: string, expected: string])[] = [
  ['a map', '{b: 2, a: 1}', '{a: 1, b: 2}'],
  ['an empty map', '{}', '{}'],
  ['no map', 'b, a', 'b, a'],
  ['maps in maps', '{z: {d: 1, c: {y: 1, x: 2}}, a: {}}', '{a: {}, z: {c: {x: 2, y: 1}, d: 1}}'],
  ['before and after', ' {b: 1, a: 2} -> {b: 3, a: 2}', ' {a: 2, b: 1} -> {a: 2, b: 3}'],
  [
    'a list of maps, whose order says something',
    '[{b: 1, a: 2}, {d: 1, c: 2}]',
    '[{a: 2, b: 1}, {c: 2, d: 1}]',
  ],
  ['a list in a map', '{b: [2, 1], a: [{d: 1, c: 2}, x]}', '{a: [{c: 2, d: 1}, x], b: [2, 1]}'],
  ['values with commas', '{b: one, two, a: three}', '{a: three, b: one, two}'],
  ['values with colons', '{b: at: noon, a: 1}', '{a: 1, b: at: noon}'],
  ['braces in a value', '{b: x{y}z, a: {q}}', '{a: {q}, b: x{y}z}'],
  ['keys with colons', '{b: 1, acme:team: 2}', '{acme:team: 2, b: 1}'],
  ['keys with blanks', '{b: 1, Cost Centre: 2}', '{Cost Centre: 2, b: 1}'],
  [
    'keys with slashes and dots',
    '{kubernetes.io/role/b: 1, k8s.io/a: }',
    '{k8s.io/a: , kubernetes.io/role/b: 1}',
  ],
  ['no value', '{b: , a: }', '{a: , b: }'],
  ['a brace that is not closed', '{b: 1, a: 2', '{b: 1, a: 2'],
];

describe.each(['dash', 'busybox', 'bash'] as const)('maps in a plan, in %s', (shell) => {
  test.each(MAPS)('%s', (_what, value, expected) => {
    expect(planned(value, shell)).toBe(expected);
  });
});

const KEY = fc
  .stringMatching(/^[A-Za-z0-9./:_ -]{1,12}$/)
  .filter((key) => key === key.trim() && !/: |, /.test(key));
// What a value of a tag or label may be; also one that looks like members.
const TEXT = fc.stringMatching(/^[A-Za-z0-9 .,:/_=+@-]{0,16}$/);

/** A value of a map, with maps in it. */
const { value: VALUE } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    TEXT,
    fc.dictionary(KEY, tie('value'), { maxKeys: 6 }),
  ),
}));

/** As kops prints it, each map in the order that `shuffle` gives. */
function print(value: unknown, shuffle: (keys: string[]) => string[]): string {
  if (typeof value === 'string') return value;
  const map = value as Record<string, unknown>;
  return `{${shuffle(Object.keys(map))
    .map((key) => `${key}: ${print(map[key], shuffle)}`)
    .join(', ')}}`;
}

test('any map gives the same text in whatever order kops prints it', () => {
  const rotated = (keys: string[]) => [...keys.slice(1), ...keys.slice(0, 1)];
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(KEY, VALUE, { minKeys: 1, maxKeys: 6 }), { minLength: 10 }),
      (maps) => {
        const lines = (shuffle: (keys: string[]) => string[]) =>
          sections(printed(...maps.map((map, index) => field(`Field${index}`, print(map, shuffle)))));
        const plan = lines((keys) => keys);
        expect(lines((keys) => [...keys].reverse())).toBe(plan);
        expect(lines(rotated)).toBe(plan);
        // Nothing is lost or made up.
        const letters = (text: string) => [...text.replace(/[, ]/g, '')].sort().join('');
        const given = maps.map((map, index) =>
          field(
            `Field${index}`,
            print(map, (keys) => keys),
          ),
        );
        expect(letters(plan)).toBe(
          letters(['Will modify resources:', '  Subnet/a', ...given, ''].join('\n')),
        );
      },
    ),
    { numRuns: 30 },
  );
});

const DELETIONS = ['  AutoscalingGroup     z', '  AutoscalingGroup     a', '  SecurityGroupRule    port=22'];

test('what is deleted is listed in one order, each kind by itself', () => {
  const of = (immediate: readonly string[], deferred: readonly string[]) =>
    sections(
      [
        'Items will be deleted only when the --prune flag is specified:',
        ...deferred,
        '',
        'Items will be deleted during update:',
        ...immediate,
        '',
        'Must specify --yes to apply changes',
      ].join('\n'),
    );
  const plan = of(DELETIONS, ['  LaunchTemplate       2', '  LaunchTemplate       1']);
  expect(plan).toBe(
    [
      'Items will be deleted only when the --prune flag is specified:',
      '  LaunchTemplate       1',
      '  LaunchTemplate       2',
      '',
      'Items will be deleted during update:',
      '  AutoscalingGroup     a',
      '  AutoscalingGroup     z',
      '  SecurityGroupRule    port=22',
      '',
    ].join('\n'),
  );
  expect(of([...DELETIONS].reverse(), ['  LaunchTemplate       1', '  LaunchTemplate       2'])).toBe(plan);
});

test('addresses in memory and paths of the run are no part of the plan', () => {
  const of = (address: string) =>
    sections(
      [
        'Will modify resources:',
        '  SSHKey/x',
        '   internal consistency error!',
        `    actual: &{Name:0xc000${address} Shared:false}`,
        `    expect: &{Name:0xc001${address} Shared:false}`,
        '  ManagedFile/y',
        field('Contents', `file://${functions.work}/planned/y`),
        '',
        'Must specify --yes to apply changes',
      ].join('\n'),
    );
  expect(of('aa00b8')).toBe(of('bb11c0'));
  expect(of('aa00b8')).toContain('    actual: &{Name:0x… Shared:false}\n');
  expect(of('aa00b8')).toContain(field('Contents', 'file://<temporary folder>/planned/y'));
});

const BANNER = `*********************************************************************************
A new kubernetes version is available: 1.35.5
Upgrading is recommended (try kops upgrade cluster)
More information: https://github.com/kubernetes/kops/blob/master/permalinks/upgrade_k8s.md#1.35.5
*********************************************************************************

`;

test('banners before the plan are left out, a plan without changes is empty', () => {
  const plan = printed(field('Tags', '{a: 1}'));
  expect(sections(BANNER + plan)).toBe(sections(plan));
  expect(sections(`${BANNER}No changes need to be applied\n`)).toBe('');
  expect(sections('')).toBe('');
});

test('the text of a file keeps its lines, blank ones and braces as they are', () => {
  const text = [
    '  \tContents            ',
    `  \t${''.padEnd(20)}\t  {b: 1, a: 2}`,
    `  \t${''.padEnd(20)}\t+ x`,
  ];
  const plan = sections(printed(...text, field('Tags', '{b: 1, a: 2}')));
  expect(plan.split('\n').slice(2, 6)).toEqual([...text, field('Tags', '{a: 2, b: 1}')]);
});

test('a value with a line like the end of a plan hides nothing', () => {
  const plan = sections(
    printed(field('Description', 'x'), 'Must specify --yes to apply changes', field('Tags', 'y')),
  );
  expect(plan).toContain(field('Tags', 'y'));
});

test('secrets in manifests of add-ons are left out, and that they change is not', () => {
  const line = (text: string) => `  \t${''.padEnd(20)}\t${text}`;
  const plan = (token: string) =>
    [
      '  \tContents            ',
      line('  stringData:'),
      line(`+   anything: ${token}`),
      line('  type: Opaque'),
      line(`+   keys: 4 rfc4106(gcm(aes)) ${token} 128`),
      line(`-   clientSecret: "${token}"`),
      line(`+ url: https://x.example/${token}/y`),
      line('+   secretName: shown'),
      line('+   automountServiceAccountToken: false'),
    ].join('\n');
  const { stdout } = functions.run('plan_sections', {
    input: printed(plan('0011223344aabbcc')),
    env: { HCLOUD_TOKEN: '0011223344aabbcc' },
  });
  expect(stdout).toBe(sections(printed(plan('<secret>'))).replace('"<secret>"', '<secret>'));
  expect(stdout).not.toContain('0011223344aabbcc');
  expect(stdout).toContain(line('+   anything: <secret>'));
  expect(stdout).toContain(line('-   clientSecret: <secret>'));
  expect(stdout).toContain(line('+   secretName: shown'));
  expect(stdout).toContain(line('+   automountServiceAccountToken: false'));
});
