import { formatCidr, parseCidr } from '../cidr';
import { type ClusterDocuments, isAws, type RuleProblem } from './rule';

const FIELDS = ['kubernetesApiAccess', 'sshAccess', 'nodePortAccess'] as const;

/**
 * Who may reach the cluster: ranges of addresses, on AWS also prefix lists.
 * Source: validateClusterSpec in kOps's pkg/apis/kops/validation/validation.go.
 */
export function* access({ cluster: object, spec }: ClusterDocuments): Iterable<RuleProblem> {
  for (const name of FIELDS) {
    for (const [index, given] of (spec[name] ?? []).entries()) {
      const range = parseCidr(given);
      if ((range && !range.hasHostBits) || (isAws({ spec }) && given.startsWith('pl-'))) continue;
      const example = parseCidr(`${given}/32`) ? `${given}/32` : '198.51.100.0/24';
      const message = range
        ? `"${given}" has bits beyond its prefix: write ${formatCidr(range)}`
        : `"${given}" is no range of addresses: expected one such as ${example}`;
      yield { object, field: `spec.${name}[${index}]`, message };
    }
  }
}
