import * as fs from 'node:fs';
import * as path from 'node:path';
import { fleetText, Project, ROOT } from './support/project';

const FIXTURES = path.join(ROOT, 'test/kops/create-cluster/fixtures');
const MARKER = '// cdkops import: new clusters go above this line.';
const manifest = (name: string) => fs.readFileSync(path.join(FIXTURES, `${name}.yaml`), 'utf8');
const CALICO = 'clusters/b.k8s.local/cluster.ts';

afterAll(() => Project.removeAll());

/** A project with a fleet that has a marked place, and a manifest of the cluster b.k8s.local. */
function project(fleet = `${fleetText()}${MARKER}\n`): Project {
  const result = new Project(fleet);
  result.write('calico.yaml', manifest('public-3cp-calico'));
  return result;
}

const run = (at: Project, ...args: string[]) => at.cdkops(['import', ...args]);

test('adds a cluster to the fleet, which synth then takes with its types', async () => {
  const at = project();
  expect(await run(at, 'calico.yaml')).toMatchObject({ code: 0, stderr: '' });
  expect(at.read('clusters/fleet.ts').split('\n').slice(-4)).toEqual([
    "const imported = new Wave(fleet, 'imported');",
    'addBK8sLocal(imported);',
    MARKER,
    '',
  ]);
  expect(await at.cdkops(['synth'])).toMatchObject({ code: 0, stderr: '' });
  // What synth writes, read again, is the same code.
  const code = at.read(CALICO);
  const written = at.read('clusters/b.k8s.local/kops.yaml').split('\n').slice(2).join('\n');
  at.write('calico.yaml', written);
  expect(await run(at, 'calico.yaml', '--force')).toMatchObject({ code: 0, stderr: '' });
  expect(at.read(CALICO)).toBe(code);
});

test('says what a new wave lacks, and nothing of one that is there', async () => {
  const words = 'imported is a new wave, without roles, whose clusters plan in merge requests';
  expect((await run(project(), 'calico.yaml')).stdout).toContain(words);
  expect((await run(project(), 'calico.yaml', '--wave', 'dev')).stdout).not.toContain('new wave');
});

test('puts it into a wave that is there, with what that wave says', async () => {
  const at = project(`${fleetText([], "image: 'ami-03cf127a', defaults: 'kops'")}${MARKER}\n`);
  expect(await run(at, 'calico.yaml', '--wave', 'dev')).toMatchObject({ code: 0 });
  expect(at.read('clusters/fleet.ts')).toContain('addBK8sLocal(dev);');
  expect(at.read(CALICO)).not.toMatch(/defaults|image|kops:/);
});

test('without the marked place it writes the cluster, and prints what to add', async () => {
  const at = project(fleetText());
  const before = at.read('clusters/fleet.ts');
  const { code, stderr } = await run(at, 'calico.yaml');
  expect(code).toBe(0);
  expect(stderr).toContain("import { addBK8sLocal } from './b.k8s.local/cluster';\n");
  expect(stderr).toContain('addBK8sLocal(');
  expect(at.read('clusters/fleet.ts')).toBe(before);
  expect(at.exists(CALICO)).toBe(true);
});

describe('nothing is overwritten', () => {
  test('unless --force is given', async () => {
    const at = project();
    at.write(CALICO, 'mine');
    const before = at.state();
    const { code, stderr } = await run(at, 'calico.yaml');
    expect(code).toBe(1);
    expect(stderr).toBe(
      `error [${CALICO}] is there already: give --force to overwrite it\nNothing was written.\n`,
    );
    expect(at.state()).toEqual(before);
    expect(await run(at, 'calico.yaml', '--force')).toMatchObject({ code: 0 });
    expect(at.read(CALICO)).toContain('new Cluster(');
  });

  test('a manifest of ours at the place of the generated one goes with --force, since the code has it', async () => {
    const at = project();
    const own = 'clusters/b.k8s.local/kops.yaml';
    at.write(own, manifest('public-3cp-calico'));
    const refused = await run(at, own);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`[${own}] was not written by cdkops`);
    expect(at.exists(own)).toBe(true);
    expect(await run(at, own, '--force')).toMatchObject({ code: 0 });
    expect(at.exists(own)).toBe(false);
    expect(await at.run('synth')).toMatchObject({ code: 0 });
  });

  test('another manifest there stays, whatever is given', async () => {
    const at = project();
    const own = 'clusters/b.k8s.local/kops.yaml';
    at.write(own, '# something else\n');
    const { code, stderr } = await run(at, 'calico.yaml', '--force');
    expect(code).toBe(1);
    expect(stderr).toContain('it is not what was imported: move it away first');
    expect(at.read(own)).toBe('# something else\n');
  });

  test('a cluster that the fleet has already', async () => {
    const at = project(`${fleetText(['b.k8s.local'])}${MARKER}\n`);
    const before = at.state();
    const { code, stderr } = await run(at, 'calico.yaml', '--force');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\[b\.k8s\.local\] the fleet has this cluster already \(clusters\/fleet\.ts:\d+:\d+\)/,
    );
    expect(at.state()).toEqual(before);
  });
});

describe('imported again', () => {
  const WAVES = [
    "const dev = new Wave(fleet, 'dev');",
    "const prod = new Wave(fleet, 'prod', { networking: 'calico', cloudLabels: { team: 'x' }, defaults: 'kops' });",
    MARKER,
    '',
  ];
  const fleet = fleetText([]).replace(/const dev[\s\S]*$/, WAVES.join('\n'));

  test('a cluster is fitted to the wave that it is in', async () => {
    const at = project(fleet);
    expect(await run(at, 'calico.yaml', '--wave', 'prod')).toMatchObject({ code: 0 });
    const code = at.read(CALICO);
    expect(code).not.toContain('networking');
    expect(await run(at, 'calico.yaml', '--force')).toMatchObject({ code: 0 });
    expect(at.read(CALICO)).toBe(code);
    expect(at.read('clusters/fleet.ts').match(/addBK8sLocal\(/g)).toHaveLength(1);
    const { code: refused, stderr } = await run(at, 'calico.yaml', '--force', '--wave', 'dev');
    expect(refused).toBe(1);
    expect(stderr).toContain(
      '[b.k8s.local] is in the wave prod: leave --wave out, or move its call in clusters/fleet.ts to dev first',
    );
  });

  test('a cluster keeps the name of its function, and gets none that the fleet has', async () => {
    const at = project(`${fleetText()}const addBK8sLocal = 1;\nvoid addBK8sLocal;\n${MARKER}\n`);
    expect(await run(at, 'calico.yaml')).toMatchObject({ code: 0 });
    expect(at.read(CALICO)).toContain('function addBK8sLocal2(');
    at.write('b.yaml', manifest('public-3cp-calico').replaceAll('b.k8s.local', 'b-k8s.local'));
    expect(await run(at, 'b.yaml')).toMatchObject({ code: 0 });
    expect(await run(at, 'calico.yaml', '--force')).toMatchObject({ code: 0 });
    expect(at.read(CALICO)).toContain('function addBK8sLocal2(');
    expect(await at.cdkops(['synth'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('a part of clusters that share a class leaves the class to the others', async () => {
    const at = project();
    fs.cpSync(FIXTURES, at.path('manifests'), { recursive: true });
    expect(await run(at, 'manifests', '--factor')).toMatchObject({ code: 0 });
    const before = at.state();
    const some = ['calico.yaml', 'manifests/gossip.yaml', 'manifests/labels.yaml'];
    const { code, stderr } = await run(at, ...some, '--factor', '--force');
    expect(code).toBe(1);
    expect(stderr).toContain(
      '[clusters/imported-cluster.ts] clusters that are not imported now are made of it: ',
    );
    expect(at.state()).toEqual(before);
  });
});

test('a manifest that was left out in parts stays where it is', async () => {
  const at = project();
  const own = 'clusters/b.k8s.local/kops.yaml';
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: token\nstringData:\n  token: hunter2\n';
  at.write(own, `${manifest('public-3cp-calico').trimEnd()}\n\n---\n\n${secret}`);
  const { code, stderr } = await run(at, own, '--force');
  expect(code).toBe(1);
  expect(stderr).toContain('not all of it is in the code: move it away first');
  expect(at.read(own)).toContain('hunter2');
  expect(at.exists(CALICO)).toBe(false);
});

test('a link is not followed out of the project', async () => {
  const at = project();
  fs.rmSync(at.path('clusters/b.k8s.local'), { recursive: true, force: true });
  fs.symlinkSync('/tmp', at.path('clusters/b.k8s.local'));
  const { code, stderr } = await run(at, 'calico.yaml', '--force');
  expect(code).toBe(1);
  expect(stderr).toContain('[clusters/b.k8s.local] is a symbolic link');
});

test('fails for a wave that the fleet does not have', async () => {
  const at = project();
  const { code, stderr } = await run(at, 'calico.yaml', '--wave', 'devv');
  expect(code).toBe(1);
  expect(stderr).toBe(
    'error --wave: the fleet of clusters/fleet.ts has no wave "devv"; did you mean dev?: its waves are dev\n',
  );
});

test('reads standard input, and keeps what else kops get all prints', async () => {
  const at = project();
  const addon = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra # keep me\n';
  const { code, stdout } = await at.cdkops(['import', '-'], {
    stdio: (child) => child.stdin?.end(`${manifest('public-3cp-calico').trimEnd()}\n\n---\n\n${addon}`),
  });
  expect(code).toBe(0);
  expect(stdout).toContain('kept in clusters/b.k8s.local/addons.yaml: ConfigMap extra');
  expect(at.read('clusters/b.k8s.local/addons.yaml')).toContain('name: extra # keep me');
});

test('lifts what clusters have in common into a class, and says where there is nothing', async () => {
  const at = project();
  const folder = at.path('manifests');
  fs.cpSync(FIXTURES, folder, { recursive: true });
  expect(await run(at, 'manifests', '--factor')).toMatchObject({ code: 0 });
  expect(at.read('clusters/imported-cluster.ts')).toContain('class ImportedCluster extends Cluster');
  expect(at.read(CALICO)).toContain("from '../imported-cluster'");
  expect(await at.cdkops(['synth'])).toMatchObject({ code: 0, stderr: '' });
  const other = project();
  const { stdout } = await run(other, 'calico.yaml', '--factor');
  expect(stdout).toContain('the clusters have nothing in common that is worth a class');
});

test('tells what synth will refuse, with the line of the manifest, and writes the code', async () => {
  const at = project();
  const text = manifest('public-3cp-calico').replace(
    'nonMasqueradeCIDR: 100.64.0.0/10',
    'nonMasqueradeCIDR: nonsense',
  );
  at.write('calico.yaml', text);
  const line = text.slice(0, text.indexOf('nonMasqueradeCIDR')).split('\n').length;
  const { code, stderr } = await run(at, 'calico.yaml');
  expect(code).toBe(0);
  expect(stderr).toContain(
    `calico.yaml:${line} b.k8s.local spec.nonMasqueradeCIDR: synth will refuse this: `,
  );
  expect(await at.run('synth')).toMatchObject({ code: 1 });
});

test('a disk that refuses leaves all as it was', async () => {
  const at = project();
  at.write('clusters/b.k8s.local', 'a file where the folder has to be');
  const before = at.state();
  const { code, stderr } = await run(at, 'calico.yaml');
  expect(code).toBe(1);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(at.state()).toEqual(before);
});

test.each([
  [[], /missing required argument 'sources'/],
  [['calico.yaml', '--state', 'bucket'], /expected a URL such as s3:\/\//],
  [['calico.yaml', '--nonsense'], /unknown option/],
])('import %j is wrong use', async (args, message) => {
  const { code, stderr } = await run(project(), ...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
