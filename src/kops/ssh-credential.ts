import type { Construct } from 'constructs';
import { KopsSshCredential } from './kops-ssh-credential';

/** Props of the key that administrators reach the nodes with. */
export interface SshCredentialProps {
  /** The public key, one line as in `id_ed25519.pub`. */
  readonly publicKey: string;
}

/**
 * The SSH key that administrators reach the nodes with; kOps knows one a cluster, named `admin`.
 * @see https://kops.sigs.k8s.io/security/#ssh-access
 */
export class SshCredential extends KopsSshCredential {
  constructor(scope: Construct, name: string, props: SshCredentialProps) {
    super(scope, name, { spec: { publicKey: props?.publicKey } });
  }
}
