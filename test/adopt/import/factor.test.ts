import * as fs from 'node:fs';
import * as path from 'node:path';
import { factorImports } from '../../../src/adopt/import/factor-imports';
import { codeLines, importText, SETTINGS } from './support';

const FIXTURES = path.join(__dirname, '../../kops/create-cluster/fixtures');
const base = fs.readFileSync(path.join(FIXTURES, 'private-3cp-cilium-bastion.yaml'), 'utf8');

/** A cluster like the first one, with changes. */
function like(name: string, ...changes: readonly (readonly [string | RegExp, string])[]) {
  let text = base.replaceAll('c.k8s.local', name);
  for (const [from, to] of changes) {
    const result = text.replace(from, to);
    if (result === text) throw new Error(`nothing matches ${from}`);
    text = result;
  }
  const functionName = `add${name.charAt(0).toUpperCase()}`;
  return { code: importText(text, { functionName }), functionName, settings: SETTINGS };
}

const audit = ['  kubelet:\n', '  kubeAPIServer:\n    auditLogMaxAge: 30\n  kubelet:\n'] as const;

test('what most clusters have in common is said once', () => {
  const clusters = [
    like('eu.k8s.local', audit),
    like('us.k8s.local', audit),
    like('ap.k8s.local', audit, [/machineType: t3.micro/, 'machineType: t3.small']),
    like('lab.k8s.local', [/class: Network/, 'class: Network\n      crossZoneLoadBalancing: true']),
  ];
  const factored = factorImports(clusters);
  expect(factored?.text).toBe(`import { Cluster, type ClusterProps, merge, type Wave } from 'cdkops';

/** What most of the imported clusters have in common. */
const COMMON: Partial<ClusterProps> = {
  defaults: 'kops',
  topology: 'private',
  image: 'ami-03cf127a',
  controlPlane: { machineType: 'm5.large', count: 3 },
  nodes: { machineType: 'm5.large', count: 6 },
  bastion: true,
  spec: { kubeAPIServer: { auditLogMaxAge: 30 } },
};

/** A cluster with what most of the imported ones have in common: what it is given by itself wins. */
export class ImportedCluster extends Cluster {
  constructor(wave: Wave, name: string, props: ClusterProps) {
    super(wave, name, { ...COMMON, ...props, spec: merge(COMMON.spec, props.spec) as ClusterProps['spec'] });
  }
}
`);
  const [eu, , ap, lab] = factored?.imports ?? [];
  expect(eu?.text).toBe(`import type { Wave } from 'cdkops';
import { ImportedCluster } from '../imported-cluster';

/** Imported from cluster.yaml. */
export function addE(wave: Wave): ImportedCluster {
  return new ImportedCluster(wave, 'eu.k8s.local', { zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] });
}
`);
  expect(ap?.text).toContain("bastion: { machineType: 't3.small' }");
  expect(lab?.text).toContain('kubeAPIServer: null');
});

test('each cluster still gives its manifest', () => {
  const clusters = [
    like('eu.k8s.local', audit),
    like('us.k8s.local', audit),
    like('odd.k8s.local', [/topology:\n {4}dns:\n {6}type: None/, 'topology: {}']),
  ];
  const factored = factorImports(clusters);
  factored?.imports.forEach(({ documents, source }, index) => {
    expect(new Set(documents)).toEqual(new Set(source.documents.map(({ document }) => document)));
    expect(codeLines(factored.imports[index]?.text ?? '')).toBeLessThanOrEqual(
      codeLines(clusters[index]?.code.text ?? ''),
    );
  });
});

test('one cluster, or clusters that have nothing in common, stay as they are', () => {
  expect(factorImports([like('eu.k8s.local')])).toBeUndefined();
  expect(factorImports([])).toBeUndefined();
});

test('what the half have is not what most have', () => {
  const text = factorImports([
    like('a.k8s.local', audit),
    like('b.k8s.local', audit),
    like('d.k8s.local'),
    like('e.k8s.local'),
  ])?.text;
  expect(text).toContain('bastion: true');
  expect(text).not.toContain('auditLogMaxAge');
});
