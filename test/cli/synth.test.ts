import * as fs from 'node:fs';
import { fleetText, Project } from './support/project';

afterAll(() => Project.removeAll());

const FIRST = 'clusters/dev.k8s.local';
const SECOND = 'clusters/eu.k8s.local';

test('a fleet becomes a folder for each cluster and a pipeline', async () => {
  const project = new Project(fleetText(['dev.k8s.local', 'eu.k8s.local']));
  const { code, stdout, stderr } = await project.run('synth');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(Object.keys(project.files())).toEqual([
    '.gitlab-ci.yml',
    '.gitlab/.gitattributes',
    '.gitlab/cdkops.sh',
    'clusters/.gitattributes',
    `${FIRST}/kops.yaml`,
    `${FIRST}/pipeline.yml`,
    `${SECOND}/kops.yaml`,
    `${SECOND}/pipeline.yml`,
  ]);
  expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['wave', 'cluster', 'kOps', 'Kubernetes', 'instance groups'],
    ['dev', 'dev.k8s.local', '1.36.2', '1.35.5', '2', 'new'],
    ['dev', 'eu.k8s.local', '1.36.2', '1.35.5', '2', 'new'],
    ['2 clusters, 4 instance groups, 8 files written, 0 removed, 0 unchanged'],
    [''],
  ]);
});

test('one more cluster is one more folder and one include line; nothing else is touched', async () => {
  const project = new Project();
  await project.run('synth');
  const before = project.files();
  const state = project.state().filter((line) => line.startsWith(`${FIRST}/`));
  project.write('clusters/fleet.ts', fleetText(['dev.k8s.local', 'eu.k8s.local']));

  const { code, stdout } = await project.run('synth');

  expect(code).toBe(0);
  expect(stdout).toMatch(/dev\.k8s\.local.* unchanged\n.*eu\.k8s\.local.* new\n/);
  expect(project.state().filter((line) => line.startsWith(`${FIRST}/`))).toEqual(state);
  const after = project.files();
  const { [`${SECOND}/kops.yaml`]: manifest, [`${SECOND}/pipeline.yml`]: jobs, ...rest } = after;
  expect(manifest).toContain('name: eu.k8s.local');
  expect(jobs?.match(/^\w+:eu\.k8s\.local:$/gm)).toEqual([
    'dryrun:eu.k8s.local:',
    'update:eu.k8s.local:',
    'roll:eu.k8s.local:',
    'prune:eu.k8s.local:',
    'drift:eu.k8s.local:',
  ]);
  const lines = (text = '') => text.split('\n').filter((line) => !line.startsWith('# sha256'));
  const added = lines(after['.gitlab-ci.yml']).filter(
    (line) => !lines(before['.gitlab-ci.yml']).includes(line),
  );
  expect(added).toEqual([`- local: /${SECOND}/pipeline.yml`]);
  expect(lines(after['.gitlab-ci.yml'])).toHaveLength(lines(before['.gitlab-ci.yml']).length + 1);
  expect({ ...rest, '.gitlab-ci.yml': '' }).toEqual({ ...before, '.gitlab-ci.yml': '' });
});

test('a second synth writes nothing, whatever the locale, the time zone and the folder', async () => {
  const project = new Project(fleetText(['dev.k8s.local', 'eu.k8s.local', 'us.k8s.local']));
  await project.run('synth');
  const state = project.state();
  const env = { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' };
  const { stdout } = await project.cdkops(['synth', '--no-type-check'], { env });
  expect(stdout).toContain('0 files written, 0 removed, 10 unchanged');
  expect(project.state()).toEqual(state);

  const elsewhere = new Project(project.read('clusters/fleet.ts'));
  elsewhere.write(
    'reverse.js',
    `const fs = require('node:fs');
     const { readdirSync } = fs;
     fs.readdirSync = (...args) => readdirSync(...args).reverse();`,
  );
  await elsewhere.cdkops(['synth', '--no-type-check'], { preload: elsewhere.path('reverse.js') });
  fs.rmSync(elsewhere.path('reverse.js'));
  expect(elsewhere.files()).toEqual(project.files());
});

test('files of a forgotten cluster go, unless somebody changed them; a file of ours changed by hand is written anew', async () => {
  const project = new Project(fleetText(['dev.k8s.local', 'eu.k8s.local', 'us.k8s.local']));
  await project.run('synth');
  const wanted = project.read(`${FIRST}/kops.yaml`);
  project.write(`${FIRST}/kops.yaml`, wanted.replace('channel: stable', 'channel: alpha'));
  project.write(
    'clusters/us.k8s.local/kops.yaml',
    `${project.read('clusters/us.k8s.local/kops.yaml')}# mine\n`,
  );
  project.write(
    'clusters/fleet.ts',
    `${fleetText()}for (const name of ['eu.k8s.local', 'us.k8s.local', 'gone.k8s.local']) fleet.forget(name, 'sold');`,
  );

  const { code, stdout, stderr } = await project.run('synth');

  expect(code).toBe(0);
  expect(project.read(`${FIRST}/kops.yaml`)).toBe(wanted);
  expect(project.exists(SECOND)).toBe(false);
  expect(Object.keys(project.files()).filter((file) => file.includes('us.'))).toEqual([
    'clusters/us.k8s.local/kops.yaml',
  ]);
  expect(stderr).toMatch(
    /^warning \[clusters\/us\.k8s\.local\/kops\.yaml\] belongs to nothing .* stays.*\n$/,
  );
  expect(stdout).toContain(`removed ${SECOND}/kops.yaml\nremoved ${SECOND}/pipeline.yml\n`);
});

test('fails where a file that cdkops did not write is in the way, and changes nothing', async () => {
  const project = new Project();
  project.write('.gitlab-ci.yml', 'stages: [mine]\n');
  const state = project.state();
  const { code, stdout, stderr } = await project.run('synth');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^error \[\.gitlab-ci\.yml\] .*did not write it.*\nNothing was written\.\n$/);
  expect(project.state()).toEqual(state);
});

test('fails with all findings at once: of clusters, of the fleet and of the disk, and with no misleading warning', async () => {
  const project = new Project();
  await project.run('synth');
  project.write(`${FIRST}/kops.yaml`, `${project.read(`${FIRST}/kops.yaml`)}# changed\n`);
  project.write('clusters/bad.k8s.local', 'a file\n');
  project.write(
    'clusters/fleet.ts',
    `${fleetText([])}
    new Wave(fleet, 'empty');
    new Cluster(dev, 'dev.k8s.local', { zones: ['eu-central-1a'], kubernetesVersion: '1.x' });
    new Cluster(dev, 'bad.k8s.local', { zones: ['eu-central-1a'] });
    new Cluster(new Wave(fleet, 'prod'), 'bad.k8s.local', { zones: ['eu-central-1a'] });`,
  );
  const state = project.state();
  const { code, stderr } = await project.run('synth');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error \[empty\] .*clusters\/fleet\.ts:\d+:\d+\)$/m);
  expect(stderr).toMatch(/^error \[dev\/dev\.k8s\.local\] .*1\.x.*clusters\/fleet\.ts:\d+:\d+\)$/m);
  expect(stderr).toMatch(
    /^error \[prod\/bad\.k8s\.local\] .*clusters\/bad\.k8s\.local\/kops\.yaml.* once .*\)$/m,
  );
  expect(stderr).toMatch(/^error \[clusters\/bad\.k8s\.local\] is a file, .*$/m);
  expect(stderr).not.toContain('warning');
  expect(project.state()).toEqual(state);
});

describe('a cluster that left the code', () => {
  const OLD = 'clusters/old.k8s.local';
  const both = (props = '') =>
    `${fleetText()}new Cluster(dev, 'old.k8s.local', { zones: ['eu-central-1a'], ${props} });`;

  test('and was not retired is an error of synth and check, which says both ways out; nothing changes', async () => {
    const project = new Project(both());
    await project.run('synth');
    project.write('clusters/fleet.ts', fleetText());
    const state = project.state();
    for (const command of ['synth', 'check']) {
      const { code, stderr } = await project.run(command);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^error \[clusters\/old\.k8s\.local\] .*retired: true.*delete:old\.k8s\.local.*fleet\.forget\('old\.k8s\.local', 'why'\)/,
      );
    }
    expect(project.state()).toEqual(state);
  });

  test('goes where its jobs on disk are those of a retired one', async () => {
    const project = new Project(both('retired: true'));
    await project.run('synth');
    project.write('clusters/fleet.ts', fleetText());
    const { code, stdout } = await project.run('synth');
    expect(code).toBe(0);
    expect(stdout).toContain(`removed ${OLD}/kops.yaml\nremoved ${OLD}/pipeline.yml\n`);
    expect(project.exists(OLD)).toBe(false);
    expect((await project.run('check')).code).toBe(0);
  });

  test('needs to be forgotten where the fleet has no pipeline', async () => {
    const withoutPipeline = (text: string) =>
      text.replace("kops: '1.36.2',", "kops: '1.36.2', pipeline: false,");
    const project = new Project(withoutPipeline(both()));
    await project.run('synth');
    expect(project.exists('.gitlab')).toBe(false);
    project.write('clusters/fleet.ts', withoutPipeline(fleetText()));
    const { code, stderr } = await project.run('synth');
    expect(code).toBe(1);
    expect(stderr).toMatch(/no pipeline that could delete it: write fleet\.forget\('old\.k8s\.local'/);
    project.write(
      'clusters/fleet.ts',
      `${withoutPipeline(fleetText())}fleet.forget('old.k8s.local', 'deleted');`,
    );
    expect((await project.run('synth')).code).toBe(0);
    expect(project.exists(OLD)).toBe(false);
  });
});

test('clusters of all kinds: constructs, a manifest, a template', async () => {
  const project = new Project(
    fleetText().replace('import { ', 'import { ManifestCluster, TemplateCluster, ') +
      `new ManifestCluster(dev, 'hand.k8s.local', { manifest: 'manifests/hand.yaml' });
       new TemplateCluster(dev, 'made.k8s.local', { template: ['templates'], retired: true });`,
  );
  const generated = new Project(fleetText(['hand.k8s.local']));
  await generated.run('synth');
  const [, , ...lines] = generated.read('clusters/hand.k8s.local/kops.yaml').split('\n');
  project.write('manifests/hand.yaml', lines.join('\n'));
  project.write('templates/cluster.yaml', 'kind: Cluster\n');

  const { code, stdout, stderr } = await project.run('synth');

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['wave', 'cluster', 'kOps', 'Kubernetes', 'instance groups'],
    ['dev', 'dev.k8s.local', '1.36.2', '1.35.5', '2', 'new'],
    ['dev', 'hand.k8s.local', '1.36.2', '1.35.5', '2', 'new'],
    ['dev', 'made.k8s.local', '1.36.2', '-', '-', 'new, retired'],
    [expect.stringContaining('3 clusters, 4 instance groups, 8 files written')],
    [''],
  ]);
  expect(project.exists('clusters/hand.k8s.local/kops.yaml')).toBe(false);
  expect(project.read('clusters/hand.k8s.local/pipeline.yml')).toContain(
    'CDKOPS_MANIFEST: manifests/hand.yaml',
  );
  project.write('manifests/hand.yaml', `# a comment\n${lines.join('\n')}`);
  expect((await project.run('check')).code).toBe(0);
  project.write('manifests/hand.yaml', lines.join('\n').replace('channel: stable', 'channel: alpha'));
  expect((await project.run('check')).stdout).toContain('+    CDKOPS_MANIFEST_DIGEST: ');
});
