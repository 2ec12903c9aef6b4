export { UserError } from './errors';
export { Annotations, type Finding, findingAt, formatFinding, type Problem, type Severity } from './findings';
export { isMap, merge, type Override } from './merge';
export { applyPatches, type JsonPatch } from './patch';
export { type SettingOrigin, Settings } from './settings';
export {
  captureSource,
  formatLocation,
  type SourceLocation,
  sourceOf,
  sourceOfError,
} from './source-location';
