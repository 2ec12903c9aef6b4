/** A cluster of six lines. */
export function cluster(name: string): string {
  return [
    'apiVersion: kops.k8s.io/v1alpha2',
    'kind: Cluster',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  configBase: s3://acme-kops-state/c.k8s.local',
    '',
  ].join('\n');
}

export const CLUSTER = cluster('c.k8s.local');

/** A group of eight lines. */
export function group(name: string, clusterName = 'c.k8s.local'): string {
  return [
    'apiVersion: kops.k8s.io/v1alpha2',
    'kind: InstanceGroup',
    'metadata:',
    `  name: ${name}`,
    '  labels:',
    `    kops.k8s.io/cluster: ${clusterName}`,
    'spec:',
    '  role: Node',
    '',
  ].join('\n');
}

/** Groups behind a cluster. */
export function manyDocuments(count: number): string {
  return Array.from({ length: count }, (_, index) => `---\n${group(`nodes-${index}`)}`).join('');
}

/** Maps of ten aliases each: what the ninth stands for is a billion of the first. */
export function aliasBomb(): string {
  const lines = Array.from({ length: 9 }, (_, level) => {
    const aliases = Array.from({ length: 10 }, (__, index) => `k${index}: *a${level}`).join(', ');
    return `  a${level + 1}: &a${level + 1} {${aliases}}`;
  });
  return `${CLUSTER}  a0: &a0 {lol: lol}\n${lines.join('\n')}\n`;
}

/** The same with lists, and each anchor within the next. */
export function anchorBomb(): string {
  const lines = Array.from({ length: 30 }, (_, level) => `  - &b${level + 1} [*b${level}, *b${level}]`);
  return `${CLUSTER}  list:\n  - &b0 [lol]\n${lines.join('\n')}\n`;
}

/** Lists in lists, in block style. */
export function deepList(levels: number): string {
  return `${CLUSTER}  a: \n    ${'- '.repeat(levels)}x\n`;
}

/** Lists in lists, between brackets. */
export function deepFlow(levels: number): string {
  return `${CLUSTER}  a: ${'['.repeat(levels)}${']'.repeat(levels)}\n`;
}
