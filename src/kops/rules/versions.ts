import coerce from 'semver/functions/coerce';
import { releaseOf } from '../api';
import type { ClusterDocuments, RuleProblem } from './rule';

/** Also without a patch number, and with a "v". */
const VERSION = /^v?\d+\.\d+(\.\d+([-+].+)?)?$/;
/** A build that is not released: kOps takes its address for a version. */
const ADDRESS = /^(https?|gs|s3|file):\/\//;

/**
 * The Kubernetes version is one, and not newer than the cluster's kOps can run.
 * Source: ParseKubernetesVersion in kOps's pkg/apis/kops/util; validateKubernetesVersion in
 * upup/pkg/fi/cloudup/apply_cluster.go.
 */
export function* versions({ cluster: object, spec, kopsVersion }: ClusterDocuments): Iterable<RuleProblem> {
  const field = 'spec.kubernetesVersion';
  const given = spec.kubernetesVersion;
  if (given === undefined || ADDRESS.test(given)) return;
  const version = VERSION.test(given) ? coerce(given) : null;
  if (!version) {
    yield { object, field, message: `"${given}" is no Kubernetes version: expected one such as 1.35.1` };
    return;
  }
  const release = kopsVersion === undefined ? undefined : releaseOf(kopsVersion);
  const newest = Number(release?.split('.')[1]);
  if (version.major > 1 || version.minor > newest) {
    const message = `kOps ${kopsVersion} runs Kubernetes 1.${newest} at most, got ${given}: take a newer kOps first`;
    yield { object, field, message };
  }
}
