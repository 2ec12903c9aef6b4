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
import { judge } from './sinks';
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

interface Block {
  readonly keyword: string;
  readonly read: (pipeline: Pipeline) => unknown;
  readonly shape: Shape;
}

const blocks: readonly Block[] = [
  { keyword: 'workflow', read: (pipeline) => pipeline.workflow, shape: workflow },
  {
    keyword: 'stages',
    read: (pipeline) => pipeline.stages,
    shape: items(text({ expected: 'the name of a stage' })),
  },
  { keyword: 'default', read: (pipeline) => pipeline.default, shape: object<Default>(defaultKeys) },
  { keyword: 'variables', read: (pipeline) => pipeline.variables, shape: globalVariables },
  { keyword: 'include', read: (pipeline) => pipeline.includes, shape: items(include) },
  { keyword: 'spec', read: (pipeline) => pipeline.spec, shape: spec },
];

/** What each file says beside its jobs. */
export function checkFiles(configuration: Configuration): void {
  const { files, extents, report, included } = configuration;
  const paths = new Set<string>();
  for (const [index, { path: file, pipeline }] of files.entries()) {
    if (paths.has(file)) report({ file, message: 'is given twice. Give each file once.' });
    paths.add(file);
    for (const { keyword, read, shape } of blocks) {
      const value = read(pipeline);
      if (value === undefined) continue;
      const wrong = notPlain(value, keyword, extents[index]);
      if (wrong) report({ file, keyword: wrong.at, message: wrong.message });
      else judge(shape, value, keyword, 'strict', (at, message) => report({ file, keyword: at, message }));
    }
    const stages = new Set<string>();
    for (const [place, stage] of pipeline.stages.entries()) {
      if (stages.has(stage)) {
        report({ file, keyword: `stages[${place}]`, message: `is '${stage}' once more. Leave it out.` });
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
