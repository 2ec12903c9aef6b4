export { childId } from './child-id';
export { copyData, hasNull, isMap, type Report, setOwn, withoutNulls } from './data';
export { UserError } from './errors';
export { Annotations, type Finding, findingAt, formatFinding, type Problem, type Severity } from './findings';
export { merge, type Override } from './merge';
export { onBehalf } from './on-behalf';
export { applyPatches, type JsonPatch } from './patch';
export { misuseOf, readProps, reportMisuse } from './props';
export { type SettingOrigin, Settings } from './settings';
export * as shape from './shape';
export {
  captureSource,
  formatLocation,
  type SourceLocation,
  sourceOf,
  sourceOfError,
} from './source-location';
export { didYouMean, given, nearest, quoted } from './words';
