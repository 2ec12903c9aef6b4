import type { ImportedCluster } from '../../../src/adopt/import/imported-cluster';
import { chooseKops } from '../../../src/adopt/import/kops-release';
import { KNOWN_RELEASES } from '../../../src/kops/upgrades';

function cluster(spec: Record<string, unknown>): ImportedCluster {
  const document = {
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind: 'Cluster',
    metadata: { name: 'a.example.com' },
    spec,
  } as const;
  const place = () => ({ file: 'a.yaml', line: 1, column: 1 });
  return {
    name: 'a.example.com',
    documents: [{ document, comments: [], place }],
    addons: { text: '', names: [] },
    notes: [],
    files: ['a.yaml'],
    hasLeftOut: false,
  };
}

const newestOf = (release: string) => KNOWN_RELEASES.kops.releases[release]?.newest;

test('what was asked for is taken', () => {
  expect(chooseKops(cluster({ anything: 1 }), '1.30.4', '1.36.2')).toMatchObject({
    version: '1.30.4',
    release: '1.30',
  });
});

test.each(['1.36', 'latest', '1.99.0', ''])(
  'fails for %s, which is no version that cdkops knows',
  (version) => {
    expect(() => chooseKops(cluster({}), version, undefined)).toThrow(
      /^--kops: cdkops knows kOps 1\.26 to 1\.36, got "/,
    );
  },
);

test("the fleet's kOps is taken where it knows every field and runs the Kubernetes", () => {
  const chosen = chooseKops(cluster({ channel: 'stable', kubernetesVersion: '1.35.1' }), undefined, '1.36.1');
  expect(chosen).toEqual({ version: '1.36.1', release: '1.36' });
});

test('a Kubernetes that it does not run asks for another', () => {
  const old = chooseKops(cluster({ kubernetesVersion: '1.28.3' }), undefined, '1.36.1');
  expect(Number(old.release.split('.')[1])).toBeLessThan(36);
  expect(old).toMatchObject({
    version: newestOf(old.release),
    reason: "the fleet's 1.36.1 does not run Kubernetes 1.28.3",
  });
  const recent = chooseKops(cluster({ kubernetesVersion: 'v1.35.0' }), undefined, '1.30.4');
  expect(recent).toMatchObject({ release: '1.36' });
});

test('a field that it does not know asks for one that does, and the field is named', () => {
  // Classic networking left the API long ago; this field came late.
  const chosen = chooseKops(
    cluster({ kubernetesVersion: '1.31.0', networking: { kindnet: {} } }),
    undefined,
    '1.28.7',
  );
  expect(chosen.release).toBe('1.36');
  const late = chooseKops(cluster({ networking: { kindnet: {} } }), undefined, '1.28.7');
  expect(late.reason).toBe("the fleet's 1.28.7 does not know spec.networking.kindnet");
});

test("a field that no release knows is no reason to leave the fleet's", () => {
  expect(chooseKops(cluster({ kubernetesVersion: '1.35.1', nonsense: 1 }), undefined, '1.36.2')).toEqual({
    version: '1.36.2',
    release: '1.36',
  });
});

test('without a fleet it is the newest that knows its fields', () => {
  expect(chooseKops(cluster({ kubernetesVersion: '1.35.1' }), undefined, undefined)).toMatchObject({
    version: newestOf('1.36'),
    release: '1.36',
  });
});

test('a Kubernetes that none runs is told as that', () => {
  const { reason } = chooseKops(cluster({ kubernetesVersion: '1.12.3' }), undefined, '1.36.2');
  expect(reason).toBe('no kOps that cdkops knows runs Kubernetes 1.12.3');
});
