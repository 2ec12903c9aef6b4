import * as fs from 'node:fs';
import * as path from 'node:path';
import { Cluster, Fleet, type KopsDocument, StateStore, Wave } from '../../src';
import { ROOT } from './documents';

const PAGE = fs.readFileSync(path.join(ROOT, 'docs/defaults.md'), 'utf8');

/** The documents of clusters that differ much, with one kind of defaults. */
function documents(defaults: 'kops' | 'secure'): KopsDocument[] {
  const fleet = new Fleet({
    stateStore: StateStore.s3('acme-kops-state'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.5',
    defaults,
  });
  const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
  const wave = new Wave(fleet, 'dev');
  const clusters = [
    new Cluster(wave, 'public.k8s.acme.example', { zones }),
    new Cluster(wave, 'private.k8s.acme.example', { zones, topology: 'private', bastion: true }),
    new Cluster(wave, 'ipv6.k8s.acme.example', { zones, ipv6: true, dnsZone: 'acme.example' }),
    new Cluster(wave, 'old.k8s.local', { zones, dns: 'gossip', networking: 'amazonvpc' }),
  ];
  return clusters.flatMap((cluster) => cluster.manifest().objects.map(({ document }) => document));
}

/** Paths of what differs, numbers of lists left out: `Cluster spec.sshAccess`. */
function differences(place: string, a: unknown, b: unknown): string[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  if (!isMap(a) || !isMap(b)) return [place];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) => differences(`${place}.${key}`, a[key], b[key]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

test('docs/defaults.md names every field that secure defaults change, and no others', () => {
  const secure = documents('secure');
  const found = documents('kops').flatMap((document, index) =>
    differences(`${document.kind} spec`, document.spec, secure[index]?.spec),
  );
  const [, table = ''] = PAGE.split('## What `secure` changes');
  const fields = [...table.matchAll(/^\| `(spec\.[\w.]+)` of (the cluster|each instance group)/gm)];
  const told = fields.map(
    ([, field, of]) => `${of === 'the cluster' ? 'Cluster' : 'InstanceGroup'} ${field}`,
  );
  // Where a map is new as a whole, its own path is what differs.
  const short = told.map((field) => field.replace('.httpTokens', ''));
  expect([...new Set(found)].sort()).toEqual(short.sort());
});

test('docs/defaults.md tells the default image of each group of Kubernetes versions', () => {
  expect(imageOf('1.27.0')).toContain('22.04');
  expect(imageOf('1.31.9')).toBe(imageOf('1.27.0'));
  expect(imageOf('1.32.0')).toContain('24.04');
  expect(imageOf('1.36.0')).toBe(imageOf('1.32.0'));
  expect(PAGE).toContain('Ubuntu 22.04 from 1.27, 24.04 from 1.32');
});

function imageOf(kubernetesVersion: string): unknown {
  const fleet = new Fleet({
    stateStore: StateStore.s3('acme-kops-state'),
    kops: '1.36.2',
    kubernetesVersion,
  });
  const cluster = new Cluster(new Wave(fleet, 'dev'), 'dev.k8s.acme.example', { zones: ['eu-central-1a'] });
  const groups = cluster.manifest().objects.filter(({ document }) => document.kind === 'InstanceGroup');
  return groups[0]?.document.spec.image;
}
