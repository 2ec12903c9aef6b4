import { Construct } from 'constructs';
import { Delivery, Fleet, formatFinding, KopsCluster, KopsInstanceGroup, Wave } from '../../src';
import { manifestDigest } from '../../src/delivery/manifest-digest';
import { synthesise } from '../../src/synth';
import { BASE } from './support';

const NAME = 'a.example.com';

jest.mock('../../src/delivery/manifest-digest', () => {
  const actual = jest.requireActual('../../src/delivery/manifest-digest');
  return { manifestDigest: jest.fn(actual.manifestDigest) };
});

/** A fleet of one cluster, in a construct that groups clusters. */
function fleetOf() {
  const fleet = new Fleet(BASE);
  const wave = new Wave(fleet, 'dev');
  const group = new Construct(wave, 'europe');
  const cluster = new KopsCluster(group, NAME, { spec: { cloudProvider: 'gce' } });
  return { fleet, group, wave, cluster };
}

/** What is said of a construct, one line each. */
function saidOf(fleet: Fleet, construct: Construct): string[] {
  const { findings } = synthesise(fleet);
  return findings.filter(({ path }) => path === (construct.node.path || 'Fleet')).map(formatFinding);
}

test.each(['fleet', 'wave', 'group'] as const)('a %s cannot be retired: all below it would end', (kind) => {
  const all = fleetOf();
  Delivery.of(all[kind]).set({ retired: true, beforeUpdate: ['./check.sh'] });
  const said = saidOf(all.fleet, all[kind]);
  expect(said).toEqual([
    expect.stringContaining('retired: expected nothing, got true; only a cluster can be'),
  ]);
  const { files } = synthesise(all.fleet);
  const jobs = files.get(`clusters/${NAME}/pipeline.yml`) ?? '';
  expect(jobs).not.toContain('retire');
  expect([...files.values()].join()).toContain('./check.sh');
});

test('a part of a cluster takes no settings', () => {
  const { fleet, cluster } = fleetOf();
  const nodes = new KopsInstanceGroup(cluster, 'nodes', { spec: { role: 'Node' } });
  Delivery.of(nodes).set({ prune: false });
  expect(saidOf(fleet, nodes)).toEqual([
    expect.stringContaining(
      `delivery settings mean nothing for a part of ${NAME}: set them on the cluster, Delivery.of(cluster)`,
    ),
  ]);
});

test('the digest is made when it is asked for: not where there is no pipeline', () => {
  const digest = jest.mocked(manifestDigest);
  const without = new Fleet({ ...BASE, pipeline: false });
  new KopsCluster(new Wave(without, 'dev'), NAME, { spec: { cloudProvider: 'gce' } });
  digest.mockClear();
  synthesise(without);
  expect(digest).not.toHaveBeenCalled();
  synthesise(fleetOf().fleet);
  expect(digest).toHaveBeenCalledTimes(1);
});
