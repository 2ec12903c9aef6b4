import type { Construct } from 'constructs';
import { shape } from '../core';
import { KOPS_OBJECT_MEMBERS, type KopsObjectOptions } from './kops-object';
import { KopsSshCredential } from './kops-ssh-credential';

/** Props of the key that administrators reach the nodes with. */
export interface SshCredentialProps extends KopsObjectOptions {
  /** The public key, one line as in `id_ed25519.pub`. */
  readonly publicKey: string;
}

const MEMBERS: shape.Members<SshCredentialProps> = {
  ...KOPS_OBJECT_MEMBERS,
  publicKey: shape.required(shape.text),
};

/**
 * The SSH key that administrators reach the nodes with; kOps knows one a cluster, named `admin`.
 * @see https://kops.sigs.k8s.io/security/#ssh-access
 */
export class SshCredential extends KopsSshCredential {
  constructor(scope: Construct, name: string, props: SshCredentialProps) {
    super(scope, name, props as never);
  }

  protected override propMembers(): shape.Members<KopsObjectOptions> {
    return MEMBERS;
  }

  protected override renderSpec(): Readonly<Record<string, unknown>> {
    return { publicKey: (this.givenProps as SshCredentialProps).publicKey };
  }
}
