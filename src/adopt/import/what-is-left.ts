import type { JsonPatch } from '../../core';
import type { FittedConstruct } from './fit/fitted';
import type { ClusterToFit, FittedCluster } from './fit/to-fit';

/** What the props of constructs do not say by themselves, a sentence each. */
export function whatIsLeft(
  { cluster, members }: FittedCluster,
  { cluster: given, release }: ClusterToFit,
  level: 'L1' | 'L2',
): string[] {
  const result: string[] = [];
  if (cluster.className === 'KopsCluster' && level === 'L2') {
    const { cloudProvider } = given.object.spec;
    const why =
      cloudProvider === 'aws'
        ? 'that is less to read'
        : `L2 constructs are for aws, this is ${cloudProvider}`;
    result.push(`the cluster is written field by field: ${why}`);
  }
  for (const construct of [cluster, ...members]) {
    const name = construct === cluster ? 'the cluster' : construct.id;
    const { spec, unknownFields, patches } = construct.props;
    if (!construct.className.startsWith('Kops') && spec)
      result.push(`${name}: in spec ${fields(spec.value)}`);
    else if (level === 'L2' && construct !== cluster && isPlain(construct) && !isPlain(cluster)) {
      result.push(`${name} is written field by field: that is less to read`);
    }
    if (unknownFields) {
      result.push(`${name}: kOps ${release} does not know ${fields(unknownFields.value)} (in unknownFields)`);
    }
    if (patches) {
      const paths = (patches.value as readonly JsonPatch[]).map(({ path }) => path);
      result.push(`${name}: no prop can say ${paths.join(', ')} (in patches)`);
    }
  }
  return result;
}

function isPlain({ className }: FittedConstruct): boolean {
  return className.startsWith('Kops');
}

function fields(value: unknown): string {
  return Object.keys(value as object).join(', ');
}
