/**
 * The metadata of a document. The definitions of kOps say no more of it than that it is an object; kOps reads it as
 * Kubernetes' ObjectMeta (k8s.io/apimachinery, pkg/apis/meta/v1/types.go), whose fields are listed here.
 */
import type { SchemaNode } from './crd';

const string: SchemaNode = { type: 'string' };
const strings: SchemaNode = { type: 'array', items: string };
const boolean: SchemaNode = { type: 'boolean' };
const int64: SchemaNode = { type: 'integer', format: 'int64' };
const map: SchemaNode = { type: 'object', additionalProperties: string };

/** Schema of `metadata`. `managedFields` is left out: an API server writes it, and kOps's manifests never have it. */
export const OBJECT_META: SchemaNode = {
  type: 'object',
  properties: {
    annotations: map,
    creationTimestamp: string,
    deletionGracePeriodSeconds: int64,
    deletionTimestamp: string,
    finalizers: strings,
    generateName: string,
    generation: int64,
    labels: map,
    name: string,
    namespace: string,
    ownerReferences: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          apiVersion: string,
          blockOwnerDeletion: boolean,
          controller: boolean,
          kind: string,
          name: string,
          uid: string,
        },
      },
    },
    resourceVersion: string,
    selfLink: string,
    uid: string,
  },
};
