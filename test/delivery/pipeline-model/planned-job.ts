import { parseDuration } from '../../../src/gitlab';
import { booleanOf, type Data, dataOf, listOf, refuse, textOf, unknown } from './data';
import type { Event } from './event';
import type { Values } from './expression';
import { type Need, needsOf } from './needs';
import { matchingRule } from './rules';
import { stageOf } from './stages';
import { expand, valuesOf } from './variables';

/** How a job begins. */
export type When = 'on_success' | 'on_failure' | 'always' | 'manual' | 'delayed';

const WHENS: readonly unknown[] = [
  'on_success',
  'on_failure',
  'always',
  'manual',
  'delayed',
] satisfies When[];

/** A job as it is in a pipeline, its rules looked at. */
export interface PlannedJob {
  readonly name: string;
  readonly stage: string;
  readonly when: When;
  /** How many seconds a delayed one waits. */
  readonly delay: number;
  readonly allowFailure: boolean;
  /** Exit codes that count as a warning. */
  readonly warnings: readonly number[];
  /** `undefined`: all earlier stages. */
  readonly needs: readonly Need[] | undefined;
  readonly dependencies: readonly string[] | undefined;
  /** Its variables as the files have them. */
  readonly yamlVariables: Values;
  /** All that it sees of files, events and GitLab. */
  readonly variables: Values;
  readonly resourceGroup: string | undefined;
  /** The pipeline that it starts. */
  readonly trigger: Data | undefined;
  /** All keywords. */
  readonly data: Data;
}

/** What variables come from beside the job. */
export interface Surroundings {
  readonly event: Event;
  /** Those of GitLab itself. */
  readonly predefined: Values;
  /** Those of the files for all jobs. */
  readonly global: Values;
  /** Those in the project's settings. */
  readonly project: Values;
}

/** A job by its rules; `undefined` where it is not in the pipeline. */
export function plannedJob(name: string, data: Data, around: Surroundings): PlannedJob | undefined {
  const own = { ...inherited(data, around.global, name), ...valuesOf(data.variables, `${name}:variables`) };
  const rule =
    data.rules === undefined
      ? {}
      : matchingRule(data.rules, around.event, seen(own, around), `${name}:rules`);
  if (rule === undefined || rule.when === 'never') return undefined;
  const when = rule.when ?? data.when ?? 'on_success';
  if (!WHENS.includes(when)) return refuse(name, `its when is ${JSON.stringify(when)}`);
  const yamlVariables = { ...own, ...valuesOf(rule.variables, `${name}:rules:variables`) };
  const variables = seen(yamlVariables, around);
  return {
    name,
    stage: stageOf(data, name),
    when: when as When,
    delay: when === 'delayed' ? delayOf(rule.start_in ?? data.start_in, name) : 0,
    ...failure(data, rule, name),
    needs: needsBy(rule, data, name),
    dependencies:
      data.dependencies === undefined ? undefined : listOf(data.dependencies).map((one) => textOf(one, name)),
    yamlVariables,
    variables,
    resourceGroup: resourceGroupOf(data.resource_group, variables, name),
    trigger: data.trigger === undefined ? undefined : triggerOf(data.trigger, name),
    data,
  };
}

/** What comes later wins. code: lib/gitlab/ci/variables/builder.rb, scoped_variables_for_pipeline_seed */
function seen(own: Values, { event, predefined, project }: Surroundings): Values {
  return { ...predefined, ...own, ...project, ...event.variables };
}

function inherited(data: Data, global: Values, name: string): Values {
  const variables = data.inherit === undefined ? true : (dataOf(data.inherit, name).variables ?? true);
  if (typeof variables === 'boolean') return variables ? global : {};
  return Object.fromEntries(listOf(variables).map((one) => [String(one), global[String(one)] ?? '']));
}

/** Those of the rule replace the job's; an empty list there does not free the job from its stage. */
function needsBy(rule: Data, data: Data, name: string): readonly Need[] | undefined {
  const [own, inRule] = [needsOf(data, `${name}:needs`), needsOf(rule, `${name}:rules:needs`)];
  return inRule?.length === 0 && own === undefined ? undefined : (inRule ?? own);
}

/** `when: manual` at the job makes it optional where nothing else is said, in a rule it does not. */
function failure(data: Data, rule: Data, name: string): Pick<PlannedJob, 'allowFailure' | 'warnings'> {
  const inRule = booleanOf(rule.allow_failure, name);
  const { allow_failure } = data;
  if (typeof allow_failure !== 'object' || allow_failure === null) {
    return { allowFailure: inRule ?? booleanOf(allow_failure, name) ?? data.when === 'manual', warnings: [] };
  }
  const codes = listOf(dataOf(allow_failure, name).exit_codes).map(Number);
  return { allowFailure: inRule ?? false, warnings: inRule === undefined ? codes : [] };
}

function delayOf(given: unknown, name: string): number {
  return (
    parseDuration(textOf(given, `${name}:start_in`)) ??
    refuse(name, `its start_in is ${JSON.stringify(given)}`)
  );
}

function resourceGroupOf(given: unknown, variables: Values, name: string): string | undefined {
  if (given === undefined) return undefined;
  const key = expand(textOf(given, `${name}:resource_group`), variables, `${name}:resource_group`);
  return key === '' ? refuse(name, 'its resource_group is empty here') : key;
}

function triggerOf(given: unknown, name: string): Data {
  if (typeof given === 'string') return unknown(name, 'pipelines of other projects');
  const trigger = dataOf(given, `${name}:trigger`);
  return trigger.project === undefined ? trigger : unknown(name, 'pipelines of other projects');
}
