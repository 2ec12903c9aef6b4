import type { AutoCancel } from '../auto-cancel';
import { CHANGES_MAX, EXISTS_MAX, START_IN_MAX } from '../limits';
import type { NeedJob } from '../needs';
import type { Changes, Exists, IncludeRule, Rule, WorkflowRule } from '../rules';
import { expressionProblem } from './expression';
import { matrix } from './parallel-shape';
import {
  choice,
  describe,
  duration,
  either,
  fields,
  flag,
  isObject,
  items,
  join,
  list,
  object,
  type Place,
  type Shape,
  type Sink,
  text,
} from './shape';
import { ruleVariables } from './values';

/** Shapes of the rules of jobs, workflows and includes. */

const EXPRESSION = 'an expression such as $CI_COMMIT_BRANCH == "main"';
const expressionText = text({ expected: EXPRESSION });

function expression(value: unknown, at: Place, sink: Sink): void {
  expressionText(value, at, sink);
  if (typeof value !== 'string' || value === '') return;
  const problem = expressionProblem(value);
  if (problem !== undefined) sink.wrong(at, `is ${describe(value)}${problem}; expected ${EXPRESSION}.`);
}

const changedPaths = { max: CHANGES_MAX, tooMany: 'Join some of them with * or **.' };
const knownPaths = { max: EXISTS_MAX, tooMany: 'Join some of them with * or **.' };

const condition = {
  if: expression,
  changes: either('a list of paths, or { paths, compare_to }', {
    list: items(text(), changedPaths),
    object: fields<Changes>(
      { paths: list(text(), changedPaths), compare_to: text() },
      { required: ['paths'] },
    ),
  }),
  exists: either('a list of paths, or { paths, project, ref }', {
    list: items(text(), knownPaths),
    object: fields<Exists>(
      { paths: list(text(), knownPaths), project: text(), ref: text() },
      {
        required: ['paths'],
        also: (value, at, sink) => {
          if (isObject(value) && value.ref !== undefined && value.project === undefined) {
            sink.missing(`${at}.project`, 'is missing beside ref. Say which project the ref belongs to.');
          }
        },
      },
    ),
  }),
};

/** What cancels a pipeline by itself. */
export const autoCancel: Shape = object<AutoCancel>({
  on_new_commit: choice('conservative', 'interruptible', 'none'),
  on_job_failure: choice('all', 'none'),
});

/** Whether `start_in` is there exactly when the job is delayed. */
export const delay: Shape = (value, at, sink) => {
  if (!isObject(value)) return;
  const path = join(at, 'start_in');
  if (value.when === 'delayed' && value.start_in === undefined) {
    sink.missing(path, "is missing beside when: 'delayed'. Say how long to wait, such as '30 minutes'.");
  }
  if (value.when !== 'delayed' && value.start_in !== undefined) {
    sink.missing(path, "is for when: 'delayed' alone. Set that, or leave start_in out.");
  }
};

const neededJob: Shape = object<NeedJob>(
  { job: text(), artifacts: flag, optional: flag, parallel: matrix },
  { required: ['job'] },
);

/** Rules of a job. */
export const rules: Shape = list(
  object<Rule>(
    {
      ...condition,
      when: choice('on_success', 'on_failure', 'always', 'manual', 'delayed', 'never'),
      start_in: duration({ max: START_IN_MAX }),
      allow_failure: flag,
      interruptible: flag,
      variables: ruleVariables,
      needs: list(either('a job name or { job }', { text: text(), object: neededJob })),
    },
    { expected: 'a rule such as { if, when }', also: delay },
  ),
  { expected: 'a list of rules' },
);

/** Rules of the whole pipeline. */
export const workflowRules: Shape = list(
  object<WorkflowRule>(
    { ...condition, when: choice('always', 'never'), variables: ruleVariables, auto_cancel: autoCancel },
    { expected: 'a rule such as { if, when }' },
  ),
  { expected: 'a list of rules' },
);

/** Rules of an include. */
export const includeRules: Shape = list(
  object<IncludeRule>(
    { ...condition, when: choice('always', 'never') },
    { expected: 'a rule such as { if }' },
  ),
  { expected: 'a list of rules' },
);
