import parse from 'semver/functions/parse';
import type { ClusterDocuments, RuleProblem } from './rule';

/** The Kubernetes version is one. Source: ParseKubernetesVersion in kOps's pkg/apis/kops/util. */
export function* versions({ cluster, spec }: ClusterDocuments): Iterable<RuleProblem> {
  const given = spec.kubernetesVersion;
  if (given !== undefined && !parse(given)) {
    const message = `"${given}" is no Kubernetes version: expected one such as 1.35.1`;
    yield { object: cluster, field: 'spec.kubernetesVersion', message };
  }
}
