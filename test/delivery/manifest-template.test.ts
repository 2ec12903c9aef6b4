import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Fleet, StateStore, TemplateCluster, type TemplateClusterProps, Wave } from '../../src';
import { synthesise } from '../../src/synth';

const NAME = 'made.k8s.example.com';
const PIPELINE = `clusters/${NAME}/pipeline.yml`;
const PROPS = {
  template: ['templates'],
  values: ['values/all.yaml', 'values/dev.yaml'],
  snippets: ['snippets'],
};

let root = '';
beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-template-')));
  write('templates/cluster.yaml', 'kind: Cluster\n');
  write('templates/groups/nodes.yaml', 'kind: InstanceGroup\n');
  write('values/all.yaml', 'a: 1\n');
  write('values/dev.yaml', 'a: 2\n');
  write('snippets/zones.yaml', '- a\n');
});
afterEach(() => fs.rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}

const of = (props: object = {}) => {
  const fleet = new Fleet({ stateStore: StateStore.s3('state'), kops: '1.36.2' });
  new TemplateCluster(new Wave(fleet, 'dev'), NAME, { ...PROPS, ...props } as TemplateClusterProps);
  return synthesise(fleet, undefined, { root });
};
const said = (props: object) => of(props).findings.map(({ field = '', message }) => `${field}: ${message}`);
const jobs = (props?: object) => of(props).files.get(PIPELINE) ?? '';
const digest = (props?: object) => /CDKOPS_MANIFEST_DIGEST: (\w{64})\n/.exec(jobs(props))?.[1] ?? '';

test('its jobs render it', () => {
  const { files, findings, overview } = of();
  expect(findings).toEqual([]);
  expect(overview.waves[0]?.clusters).toEqual([
    { name: NAME, kops: '1.36.2', kubernetes: undefined, instanceGroups: undefined, isRetired: false },
  ]);
  expect([...files.keys()].filter((file) => file.includes(NAME))).toEqual([PIPELINE]);
  expect(jobs()).toContain(
    'CDKOPS_TEMPLATE_FLAGS: --template templates --values values/all.yaml --values values/dev.yaml --snippets snippets --fail-on-missing\n',
  );
  expect(jobs()).not.toContain('CDKOPS_MANIFEST:');
  expect(jobs()).toContain(`CDKOPS_CONFIG_BASE: s3://state/${NAME}\n`);
  for (const input of ['templates/**/*', 'values/all.yaml', 'values/dev.yaml', 'snippets/**/*', PIPELINE]) {
    expect(jobs()).toContain(`- ${input}\n`);
  }
});

test('what is missing may be left out', () => {
  expect(jobs({ failOnMissing: false })).toContain('--fail-on-missing=false\n');
});

describe('its digest', () => {
  test('is the same for the same files, hidden ones left out', () => {
    const before = digest();
    write('templates/.nodes.yaml.swp', 'x');
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(digest()).toBe(before);
  });

  test.each<[string, () => object | undefined]>([
    ['a template', () => void write('templates/cluster.yaml', 'kind: Cluster \n')],
    ['a file in a folder of a folder', () => void write('templates/groups/nodes.yaml', '')],
    ['a new file', () => void write('templates/more.yaml', '')],
    [
      'the name of a file',
      () =>
        fs.renameSync(
          path.join(root, 'templates/cluster.yaml'),
          path.join(root, 'templates/c.yaml'),
        ) as undefined,
    ],
    ['values', () => void write('values/dev.yaml', 'a: 3\n')],
    ['a snippet', () => void write('snippets/zones.yaml', '- b\n')],
    ['the order of values', () => ({ values: [...PROPS.values].reverse() })],
    ['failOnMissing', () => ({ failOnMissing: false })],
  ])('changes with %s', (_, change) => {
    const before = digest();
    expect(digest(change() ?? {})).not.toBe(before);
  });
});

describe('says', () => {
  test.each<[object, RegExp]>([
    [{ template: [] }, /^template: expected at least one/],
    [{ template: undefined }, /^template: is missing/],
    [{ template: 'templates' }, /^template: expected a list.*; put it in brackets/],
    [{ template: ['nowhere'] }, /^template\[0\]: there is no nowhere/],
    [{ template: ['../x'] }, /^template\[0\]: expected the path of a file or folder in the project/],
    [{ values: ['values'] }, /^values\[0\]: values is a folder: expected a file/],
    [{ values: ['values/all.yaml', 'a b.yaml'] }, /^values\[1\]: .*without blanks/],
    [{ snippets: ['values/all.yaml'] }, /^snippets\[0\]: values\/all\.yaml is a file: expected a folder/],
    [{ snippets: ['empty'] }, /^snippets\[0\]: there are no files in empty/],
    [{ template: ['linked'] }, /^template\[0\]: linked\/cluster\.yaml is a link/],
  ])('what is wrong with %j', (props, message) => {
    fs.mkdirSync(path.join(root, 'empty'));
    fs.mkdirSync(path.join(root, 'linked'));
    fs.symlinkSync('../templates/cluster.yaml', path.join(root, 'linked/cluster.yaml'));
    expect(said(props).join('\n')).toMatch(message);
  });
});
