import { type ClusterDocuments, isAws, type RuleProblem } from './rule';

/**
 * An availability zone is its region's name and a letter; local and wavelength zones have more between. To kOps all but
 * the last letter is the region, so that those do not mix with others.
 */
const AWS_ZONE = /^(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+(?:-[a-z0-9-]+)?)[a-z]$/;

/**
 * Where subnets and instance groups are.
 * Source: FindRegion in kOps's upup/pkg/fi/cloudup/awsup/aws_utils.go (a cluster cannot span regions);
 * CrossValidateInstanceGroup in pkg/apis/kops/validation (a group's subnets are the cluster's).
 */
export function* placement({ cluster, spec, groups }: ClusterDocuments): Iterable<RuleProblem> {
  const known = spec.subnets ?? [];
  const onAws = isAws({ spec });
  if (onAws && known.length === 0) {
    const message = 'the cluster has no subnets: give it at least one zone, such as zones: ["eu-central-1a"]';
    yield { object: cluster, field: 'spec.subnets', message };
  }
  if (onAws) yield* oneRegion({ cluster, spec });

  const names = new Set(known.map(({ name }) => name));
  for (const group of groups) {
    for (const [index, name] of (group.spec.subnets ?? []).entries()) {
      if (names.has(name)) continue;
      const message = `the cluster has no subnet "${name}": expected ${[...names].join(', ') || 'none, since it has none at all'}`;
      yield { object: group, field: `spec.subnets[${index}]`, message };
    }
  }
}

function* oneRegion({ cluster, spec }: Pick<ClusterDocuments, 'cluster' | 'spec'>): Iterable<RuleProblem> {
  let region: string | undefined;
  const seen = new Set<string>();
  for (const { name, zone } of spec.subnets ?? []) {
    if (zone === undefined || seen.has(zone)) continue;
    seen.add(zone);
    const field = `spec.subnets[${name}].zone`;
    const own = AWS_ZONE.exec(zone)?.groups?.region;
    if (own === undefined) {
      yield {
        object: cluster,
        field,
        message: `"${zone}" is no availability zone of AWS: expected one such as eu-central-1a`,
      };
      continue;
    }
    region ??= own;
    if (own !== region) {
      const message = `zone "${zone}" is outside the cluster's region ${region}: a cluster cannot span regions`;
      yield { object: cluster, field, message };
    }
  }
}
