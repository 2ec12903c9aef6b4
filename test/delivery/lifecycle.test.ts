import { Cluster, Fleet, StateStore, Wave } from '../../src';
import { synthesise } from '../../src/synth';
import { endProblem, type LeftFile } from '../../src/synth/cluster-ends';
import { originOf } from '../../src/synth/generated-file';

const NAME = 'old.k8s.example.com';
const KOPS = `clusters/${NAME}/kops.yaml`;
const JOBS = `clusters/${NAME}/pipeline.yml`;

const newFleet = () => {
  const fleet = new Fleet({
    stateStore: StateStore.s3('state'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.5',
  });
  return { fleet, wave: new Wave(fleet, 'dev') };
};

/** The files of the cluster, retired or not. */
const files = (retired: boolean) => {
  const { fleet, wave } = newFleet();
  new Cluster(wave, NAME, { zones: ['eu-central-1a'], retired });
  return synthesise(fleet).files;
};
const [RETIRED, ALIVE] = [files(true), files(false)];
const left = (path: string, text = ''): LeftFile => ({ path, text, origin: originOf(path, text) });
const kops = left(KOPS, ALIVE.get(KOPS));
const alive = left(JOBS, ALIVE.get(JOBS));
const retired = left(JOBS, RETIRED.get(JOBS));
const changed = (file: LeftFile) => left(file.path, `${file.text}# by hand\n`);
/** A file of another cluster that somebody copied here. */
const copied = (file: LeftFile) => left(file.path.replace(NAME, 'copy'), file.text);

describe('a cluster that left the code', () => {
  const membership = (forgotten: readonly string[] = [], hasPipeline = true) => ({
    declared: new Set<string>(),
    forgotten: new Map(forgotten.map((name) => [name, 'sold'])),
    hasPipeline,
  });
  test.each<[string, readonly LeftFile[], RegExp | undefined]>([
    [
      'that was not retired',
      [kops, alive],
      /retired: true, merge that, run its job delete:old\.k8s\.example\.com/,
    ],
    ['of which only the jobs are left', [alive], /was not retired/],
    ['of which only the manifest is left', [kops], /was not retired/],
    ['whose files were all changed by hand', [changed(kops), changed(alive)], /was not retired/],
    ['whose jobs somebody made look retired', [kops, changed(retired)], /was not retired/],
    ['that was retired', [kops, retired], undefined],
    ['that was retired, without a manifest', [retired], undefined],
    ['that was retired, with a manifest changed by hand', [changed(kops), retired], /was changed by hand/],
    ['that is a folder that somebody copied', [copied(kops), copied(alive)], undefined],
    ['with nothing of ours', [], undefined],
  ])('%s', (_, own, message) => {
    const name = own[0]?.path.split('/')[1] ?? NAME;
    const problem = endProblem(name, own, membership());
    if (message) expect(problem?.message).toMatch(message);
    else expect(problem).toBeUndefined();
    expect(endProblem(name, own, membership([name]))).toBeUndefined();
  });

  test('is only to be forgotten where there is no pipeline', () => {
    const { field, message } = endProblem(NAME, [kops], membership([], false)) ?? {};
    expect(field).toBe(`clusters/${NAME}`);
    expect(message).toContain(`fleet.forget('${NAME}', 'why')`);
    expect(message).not.toContain('retired: true');
  });
});

describe('fleet.forget', () => {
  test('is known by name, with the reason; a name that is gone is no error', () => {
    const { fleet, wave } = newFleet();
    new Cluster(wave, 'a.k8s.local', { zones: ['eu-central-1a'] });
    fleet.forget(NAME, 'handed over');
    expect([...fleet.forgotten]).toEqual([[NAME, 'handed over']]);
    expect(synthesise(fleet).findings).toEqual([]);
  });

  test.each<[string, unknown, unknown, RegExp]>([
    [
      'no reason',
      NAME,
      undefined,
      /expected the reason why "old\.k8s\.example\.com" is left unmanaged, got undefined/,
    ],
    ['an empty reason', NAME, ' ', /expected the reason/],
    ['no name', undefined, 'sold', /expected the name of a cluster/],
    ['a name with a blank', 'a b', 'sold', /expected the name of a cluster/],
    ['a name that leads elsewhere', '../x', 'sold', /expected the name of a cluster/],
    ['the name of a cluster in the code', 'a.k8s.local', 'sold', /in the code, and forgotten/],
  ])('fails with %s', (_, name, reason, message) => {
    const { fleet, wave } = newFleet();
    new Cluster(wave, 'a.k8s.local', { zones: ['eu-central-1a'] });
    fleet.forget(name as string, reason as string);
    const found = synthesise(fleet).findings.map((finding) => finding.message);
    expect(found).toEqual([expect.stringMatching(message)]);
  });
});
