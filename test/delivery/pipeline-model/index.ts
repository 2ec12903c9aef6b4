export { ConfigurationError, type Data, type Files } from './data';
export type { Event } from './event';
export { isTrue, type Values } from './expression';
export { fits } from './glob';
export { Project, type ProjectOptions, type Step } from './project';
export { ImpossibleStep, RunningPipeline } from './running-pipeline';
export { type HasStatus, type Status, statusOf } from './status';
