import type { ClusterDocuments, RuleProblem } from './rule';

/** Where a public key begins: its type, and its data in base64; options may come before, a comment after. */
const PUBLIC_KEY = /(?:^|\s)(?:ssh|ecdsa|sk)-[\w@.-]+\s+AAAA[A-Za-z0-9+/]+=*(?:\s|$)/;

const takesOneKey: readonly string[] = ['aws', 'azure', 'openstack', 'scaleway'];

/**
 * The SSH keys of administrators. Keys are never repeated in a message: it might be the private one.
 * Source: ParseAuthorizedKey in kOps's upup/pkg/fi/clientset_castore.go; `update cluster` refuses a second key on some
 * clouds (upup/pkg/fi/cloudup/apply_cluster.go).
 */
export function* keys({ spec, all }: ClusterDocuments): Iterable<RuleProblem> {
  const credentials = all.filter(({ document }) => document.kind === 'SSHCredential');
  for (const [index, object] of credentials.entries()) {
    const field = 'spec.publicKey';
    const key = object.document.spec.publicKey;
    if (typeof key === 'string' && /PRIVATE KEY/.test(key)) {
      const message = 'is a private key: take it out, make a new pair, and give the line in the .pub file';
      yield { object, field, message };
    } else if (typeof key !== 'string' || !PUBLIC_KEY.test(key)) {
      const message =
        'is no public SSH key: expected one line as in id_ed25519.pub, "ssh-ed25519 AAAA… name"';
      yield { object, field, message };
    }
    if (index > 0 && takesOneKey.includes(spec.cloudProvider ?? 'aws')) {
      yield { object, message: 'the cluster has another SSH key already: kOps takes one a cluster' };
    }
  }
}
