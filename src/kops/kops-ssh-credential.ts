import type { Construct } from 'constructs';
import { shape, UserError } from '../core';
import type { SSHCredentialSpec } from './api';
import { CLUSTER_LABEL, type Kind } from './document';
import { KOPS_OBJECT_MEMBERS, KopsObject, type KopsObjectOptions } from './kops-object';

/** Props of an SSH key that is written down field by field. */
export interface KopsSshCredentialProps extends KopsObjectOptions {
  /** The credential's spec. */
  readonly spec: SSHCredentialSpec;
}

const MEMBERS: shape.Members<KopsSshCredentialProps> = {
  ...KOPS_OBJECT_MEMBERS,
  spec: shape.required(shape.dataMap),
};

/** A public SSH key written down field by field (L1): one kOps `SSHCredential` object, inside a cluster. */
export class KopsSshCredential extends KopsObject {
  public readonly kind: Kind = 'SSHCredential';

  constructor(scope: Construct, name: string, props: KopsSshCredentialProps) {
    super(scope, name, props);
    if (!KopsObject.clusterOf(this)) {
      throw new UserError(`the SSH key "${name}" must be inside a cluster: new …(cluster, '${name}', …)`);
    }
  }

  protected propMembers(): shape.Members<KopsObjectOptions> {
    return MEMBERS;
  }

  protected override get requiredLabels() {
    return { [CLUSTER_LABEL]: KopsObject.clusterOf(this)?.name ?? '' };
  }

  protected renderSpec(): Readonly<Record<string, unknown>> {
    return { ...(this.givenProps as KopsSshCredentialProps).spec };
  }
}
