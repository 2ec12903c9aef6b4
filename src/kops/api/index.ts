/**
 * The kOps API: its types, the releases that are known, and the check of a document's form.
 */
export { checkStructure, type KopsKind, type StructureProblem } from './check';
export { KOPS_RELEASES, releaseOf } from './releases';
export type * from './types';
