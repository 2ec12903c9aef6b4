import type { Construct } from 'constructs';
import { UserError } from '../core';
import type { SSHCredentialSpec } from './api';
import { CLUSTER_LABEL, type Kind } from './document';
import { KopsObject, type KopsObjectOptions } from './kops-object';

/** Props of an SSH key that is written down field by field. */
export interface KopsSshCredentialProps extends KopsObjectOptions {
  /** The credential's spec. */
  readonly spec: SSHCredentialSpec;
}

/** A public SSH key written down field by field (L1): one kOps `SSHCredential` object, inside a cluster. */
export class KopsSshCredential extends KopsObject {
  public readonly kind: Kind = 'SSHCredential';

  private readonly spec: SSHCredentialSpec;

  constructor(scope: Construct, name: string, props: KopsSshCredentialProps) {
    super(scope, name, props ?? {});
    if (!KopsObject.clusterOf(this)) {
      throw new UserError(`the SSH key "${name}" must be inside a cluster: new …(cluster, '${name}', …)`);
    }
    this.spec = props?.spec ?? {};
  }

  protected override get requiredLabels() {
    return { [CLUSTER_LABEL]: KopsObject.clusterOf(this)?.name ?? '' };
  }

  protected renderSpec(): Readonly<Record<string, unknown>> {
    return { ...this.spec };
  }
}
