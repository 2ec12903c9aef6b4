import type { IConstruct } from 'constructs';
import type { KopsKind } from './api';

/** The kinds of kOps API objects that cdkops writes. */
export type Kind = KopsKind;

/** The API version of all of them. */
export const API_VERSION = 'kops.k8s.io/v1alpha2';

/** The label that says which cluster an object belongs to. */
export const CLUSTER_LABEL = 'kops.k8s.io/cluster';

/** A kOps API object as data: what a manifest has between two separators. */
export interface KopsDocument {
  /** `kops.k8s.io/v1alpha2`. */
  readonly apiVersion: string;
  readonly kind: Kind;
  readonly metadata: {
    /** Unique among the cluster's objects of the kind. */
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /** The fields that the cluster's kOps release has, with their wire names. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A document and the construct that it comes from. */
export interface RenderedObject {
  /** What findings about the document point at. */
  readonly construct: IConstruct;
  readonly document: KopsDocument;
}
