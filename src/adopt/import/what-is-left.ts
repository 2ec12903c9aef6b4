import { given as givenWords, type JsonPatch } from '../../core';
import type { FittedConstruct } from './fit/fitted';
import type { ClusterToFit, FittedCluster } from './fit/to-fit';

/**
 * What the props of constructs do not say by themselves, a sentence each.
 * @param l2 - the L2 constructs that there are for the cluster
 */
export function whatIsLeft(
  way: FittedCluster,
  given: ClusterToFit,
  level: 'L1' | 'L2',
  l2: FittedCluster | undefined,
): string[] {
  const { cluster, members } = way;
  const { release } = given;
  const result: string[] = [];
  if (way !== l2 && level === 'L2') {
    result.push(`the cluster is written field by field: ${whyFieldByField(way, given, l2)}`);
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

function whyFieldByField(
  way: FittedCluster,
  { cluster }: ClusterToFit,
  l2: FittedCluster | undefined,
): string {
  const { cloudProvider } = cluster.object.spec;
  if (cloudProvider !== 'aws')
    return `L2 constructs are for aws, this is ${typeof cloudProvider === 'string' ? cloudProvider : givenWords(cloudProvider)}`;
  if (!l2) return 'L2 constructs need subnets in zones, and a control plane';
  return way.weight <= l2.weight ? 'that is less to read' : 'L2 constructs would refuse what kOps takes';
}

function isPlain({ className }: FittedConstruct): boolean {
  return className.startsWith('Kops');
}

function fields(value: unknown): string {
  return Object.keys(value as object).join(', ');
}
