import type { Default } from '../default';
import { INPUT_NAME, WORKFLOW_NAME_MAX } from '../limits';
import type { Pipeline } from '../pipeline';
import type { Spec, SpecInput } from '../spec';
import type { Workflow } from '../workflow';
import type { Configuration } from './configuration';
import { include } from './include-shape';
import { defaultKeys } from './job-shape';
import { notPlain } from './plain';
import { autoCancel, workflowRules } from './rule-shape';
import { anything, choice, either, flag, items, list, object, type Shape, table, text } from './shape';
import { strict } from './sinks';
import { globalVariables } from './values';

const workflow: Shape = object<Workflow>({
  name: text({ max: WORKFLOW_NAME_MAX, empty: true }),
  auto_cancel: autoCancel,
  rules: workflowRules,
});

const input: Shape = object<SpecInput>({
  type: choice('string', 'number', 'boolean', 'array'),
  description: text({ empty: true }),
  default: anything,
  options: list(either('text, a number or a boolean', { text: anything, number: anything, boolean: flag })),
  regex: text(),
});

const spec: Shape = object<Spec>({
  inputs: table(INPUT_NAME, 'letters, digits, - and _', (value, at, sink) =>
    value === null ? undefined : input(value, at, sink),
  ),
});

const blocks: Readonly<Record<string, { read: (pipeline: Pipeline) => unknown; shape: Shape }>> = {
  workflow: { read: (pipeline) => pipeline.workflow, shape: workflow },
  stages: { read: (pipeline) => pipeline.stages, shape: items(text({ expected: 'the name of a stage' })) },
  default: { read: (pipeline) => pipeline.default, shape: object<Default>(defaultKeys) },
  variables: { read: (pipeline) => pipeline.variables, shape: globalVariables },
  include: { read: (pipeline) => pipeline.includes, shape: items(include) },
  spec: { read: (pipeline) => pipeline.spec, shape: spec },
};

/** What each file says beside its jobs. */
export function checkFiles(configuration: Configuration): void {
  const { files, report, included } = configuration;
  const paths = new Set<string>();
  for (const { path: file, pipeline } of files) {
    if (paths.has(file)) report({ file, message: 'is given twice. Give each file once.' });
    paths.add(file);
    for (const [keyword, { read, shape }] of Object.entries(blocks)) {
      const value = read(pipeline);
      const wrong = notPlain(value, keyword);
      if (wrong) report({ file, keyword: wrong.at, message: wrong.message });
      else
        shape(
          value,
          keyword,
          strict((at, message) => report({ file, keyword: at, message })),
        );
    }
    const stages = new Set<string>();
    for (const [index, stage] of pipeline.stages.entries()) {
      if (stages.has(stage)) {
        report({ file, keyword: `stages[${index}]`, message: `is '${stage}' once more. Leave it out.` });
      }
      stages.add(stage);
    }
  }
  for (const { path: file } of files.slice(1)) {
    if (included.reached.has(file)) continue;
    const message = `is included by no file, so that its jobs are in no pipeline. Add { local: '${file}' } to ${configuration.root}.`;
    report({ file, message });
  }
}
