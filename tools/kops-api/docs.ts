/**
 * Our sentences about the fields that administrators set most, by object and field. They become doc comments. Every
 * sentence is our own: text of kOps's definitions or documentation does not belong here.
 */
import { CLUSTER_DOCS } from './docs-cluster';
import { COMPONENT_DOCS } from './docs-components';
import { INSTANCE_GROUP_DOCS } from './docs-instance-group';
import { NETWORKING_DOCS } from './docs-networking';
import type { Docs } from './sentences';

/** All of them. */
export const DOCS: Docs = { ...CLUSTER_DOCS, ...NETWORKING_DOCS, ...COMPONENT_DOCS, ...INSTANCE_GROUP_DOCS };
