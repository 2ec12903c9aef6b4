import type { RenderedObject } from '../document';
import type { ClusterDocuments, RuleProblem } from './rule';

/** A DNS subdomain as Kubernetes has it: labels of letters, digits and dashes, that begin and end with a letter or digit. */
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const SUBDOMAIN_LENGTH = 253;
/** @see RFC 1035, section 2.3.4 */
const LABEL_LENGTH = 63;

/**
 * Names of clusters and instance groups.
 * Source: ValidateCluster and ValidateInstanceGroupName in kOps's pkg/apis/kops/validation.
 */
export function* names({ cluster, spec, all }: ClusterDocuments): Iterable<RuleProblem> {
  const seen = new Map<string, RenderedObject>();
  for (const object of all) {
    const { kind, metadata } = object.document;
    const field = 'metadata.name';
    const needsDot = object === cluster && spec.topology?.dns?.type !== 'None';
    // kOps looks at no name of an SSH key.
    const problem = kind !== 'SSHCredential' && nameProblem(metadata.name, object === cluster, needsDot);
    if (problem) yield { object, field, message: problem };
    const key = `${kind}/${metadata.name}`;
    const first = seen.get(key);
    if (first) {
      const message = `the cluster has the ${kind} "${metadata.name}" twice: it is ${first.construct.node.path}, too: names must differ`;
      yield { object, field, message };
    }
    seen.set(key, object);
  }
}

function nameProblem(name: string, isCluster: boolean, needsDot: boolean): string | undefined {
  const quoted = JSON.stringify(name);
  if (!SUBDOMAIN.test(name)) {
    const example = isCluster ? 'dev.k8s.example.com' : 'nodes-eu-central-1a';
    return `${quoted} is no DNS name: expected lower-case letters, digits, dashes and dots, such as ${example}`;
  }
  if (name.length > SUBDOMAIN_LENGTH)
    return `the name has ${name.length} characters, DNS allows ${SUBDOMAIN_LENGTH}`;
  const label = name.split('.').find((part) => part.length > LABEL_LENGTH);
  if (label)
    return `"${label}" in the name has ${label.length} characters, DNS allows ${LABEL_LENGTH} between two dots`;
  if (needsDot && !name.includes('.')) {
    return `${quoted} has no dot: with DNS, kOps needs a full name for a cluster, such as ${name}.k8s.example.com`;
  }
  return undefined;
}
