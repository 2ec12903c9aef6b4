export { accessProblems } from './access';
export type { Membership } from './cluster-ends';
export { type DiskPlan, type DiskRemoval, type DiskWrite, planDisk } from './disk-plan';
export { type Ejection, planEjection } from './eject-plan';
export { DEFAULT_APP } from './generated-file';
export { losses } from './losses';
export { type Synthesis, type SynthesisContext, synthesise } from './synthesis';
export { carryOut } from './write';
export { stringifyDocuments, stringifyYaml, type YamlOptions } from './yaml';
