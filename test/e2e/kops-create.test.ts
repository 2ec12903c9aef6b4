import { Cluster, Fleet, StateStore, Wave } from '../../src';
import { createCluster, KUBERNETES_VERSION } from './support/create-cluster';
import { CREATE_CASES, type CreateCase, mixedCase, REFUSED_CASES } from './support/create-matrix';
import { kopsError } from './support/kops';
import type { KopsJson } from './support/objects';
import { randomPick } from './support/random';
import { STATE_STORE } from './support/state-store';

// With `defaults: 'kops'`, a cluster is what the real `kops create cluster` makes of the same wishes, to the letter.

/** How many random mixes of settings are compared; CDKOPS_E2E_SEED repeats a run, CDKOPS_E2E_MIXES makes it longer. */
const MIXES = Number(process.env.CDKOPS_E2E_MIXES ?? 60);
const SEED = Number(process.env.CDKOPS_E2E_SEED ?? 1);

function clusterOf({ clusterName, properties }: CreateCase): Cluster {
  const fleet = new Fleet({
    stateStore: StateStore.s3(STATE_STORE),
    kops: '1.36.2',
    kubernetesVersion: KUBERNETES_VERSION,
    defaults: 'kops',
    pipeline: false,
  });
  return new Cluster(new Wave(fleet, 'wave'), clusterName, properties);
}

function documentsOf(cluster: Cluster): unknown {
  return JSON.parse(JSON.stringify(cluster.manifest().objects.map(({ document }) => document)));
}

function errorsOf(cluster: Cluster): string[] {
  const { findings } = cluster.manifest();
  return findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

/** The objects by kind and name: a difference then shows the object that it is in; an extra one shows as its own. */
function byName(objects: unknown): Readonly<Record<string, unknown>> {
  const named = (objects as KopsJson[]).map(
    (object) => [`${object.kind} ${object.metadata.name}`, object] as const,
  );
  expect(new Set(named.map(([name]) => name)).size).toBe(named.length);
  return Object.fromEntries(named);
}

async function expectSame(one: CreateCase): Promise<void> {
  const cluster = clusterOf(one);
  const expected = await createCluster(one.clusterName, one.flags);
  expect(byName(documentsOf(cluster))).toEqual(byName(expected));
  expect(errorsOf(cluster)).toEqual([]);
}

/** What kops says against a case; `undefined` where it has nothing against it. */
async function refusal({ clusterName, flags }: CreateCase): Promise<string | undefined> {
  try {
    await createCluster(clusterName, flags);
    return undefined;
  } catch (error) {
    return kopsError((error as Error).message);
  }
}

function ourErrors(one: CreateCase): string[] {
  try {
    return errorsOf(clusterOf(one));
  } catch (error) {
    return [(error as Error).message];
  }
}

describe('a cluster is what kops create cluster makes', () => {
  test.concurrent.each(CREATE_CASES.map((one) => [one.name, one] as const))('%s', (_name, one) =>
    expectSame(one),
  );
});

describe('what kops create cluster refuses is an error', () => {
  test.concurrent.each(REFUSED_CASES.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    expect(await refusal(one)).toContain(one.refusal);
    expect(ourErrors(one)).not.toEqual([]);
  });
});

describe(`random mixes of settings, seed ${SEED}`, () => {
  const pick = randomPick(SEED);
  const mixes = Array.from({ length: MIXES }, (_, index) => mixedCase(`mix-${index}`, pick));
  test.concurrent.each(mixes.map((one) => [one.name, one.flags.join(' '), one] as const))(
    '%s: %s',
    async (_name, _flags, one) => {
      if ((await refusal(one)) === undefined) await expectSame(one);
      else expect(ourErrors(one)).not.toEqual([]);
    },
  );
});

test('the comparison sees a difference', async () => {
  const [one] = CREATE_CASES;
  if (!one) throw new Error('there are no cases');
  const other = { ...one, properties: { ...one.properties, networkCIDR: '10.0.0.0/16' } };
  await expect(expectSame(other)).rejects.toThrow('networkCIDR');
});
