import type { Cache, CacheKey } from '../cache';
import type { Default, Inherit } from '../default';
import type { IdToken } from '../id-token';
import type { Service } from '../image';
import type { Job } from '../job';
import {
  CACHE_KEY_FILES_MAX,
  CACHES_MAX,
  FALLBACK_KEYS_MAX,
  RETRY_MAX,
  START_IN_MAX,
  TAGS_MAX,
  TIMEOUT_MAX,
  TRIGGER_INCLUDES_MAX,
} from '../limits';
import type { NeedJob, NeedPipelineJob, NeedProjectJob } from '../needs';
import type { Pages } from '../pages';
import type { Release, ReleaseLink } from '../release';
import type { Retry } from '../retry';
import type { Hooks, RunStep } from '../script';
import type { Secret } from '../secret';
import type { Forward, TriggerChild, TriggerProject } from '../trigger';
import { artifacts } from './artifacts-shape';
import { environment, resourceGroup } from './environment-shape';
import { triggerInclude } from './include-shape';
import { matrix, parallel } from './parallel-shape';
import { rules } from './rule-shape';
import {
  anything,
  choice,
  duration,
  either,
  fields,
  flag,
  integer,
  isObject,
  items,
  list,
  object,
  type Shape,
  text,
} from './shape';
import { byVariable, inputs, script, variables } from './values';

/** The shape of a job: what GitLab takes under each keyword. */

const policy = choice('always', 'if-not-present', 'never');

const imageKeys = {
  name: text(),
  entrypoint: list(text({ empty: true }), { min: 1 }),
  docker: object<NonNullable<Service['docker']>>({ platform: text(), user: text({ max: 255 }) }),
  kubernetes: object<NonNullable<Service['kubernetes']>>({
    user: either('a name or a number', { text: text(), number: integer() }),
  }),
  pull_policy: either('a policy or a list of them', { text: policy, list: items(policy, { min: 1 }) }),
};

const image: Shape = either('an image or { name, ... }', {
  text: text(),
  object: fields<Omit<Service, 'alias' | 'command' | 'variables'>>(imageKeys, { required: ['name'] }),
});

const services: Shape = list(
  either('an image or { name, ... }', {
    text: text(),
    object: fields<Service>(
      { ...imageKeys, alias: text(), command: script(true), variables },
      { required: ['name'] },
    ),
  }),
  { expected: 'a list of services' },
);

const keyFiles = list(text(), { min: 1, max: CACHE_KEY_FILES_MAX });

const cacheFields = fields<Cache>({
  key: either('text or { files, prefix }', {
    text: text({ expected: 'text without a slash', pattern: /^(?!\.\.?$)[^/]+$/ }),
    object: fields<CacheKey>({ files: keyFiles, files_commits: keyFiles, prefix: text() }),
  }),
  paths: list(text()),
  untracked: flag,
  unprotect: flag,
  when: choice('on_success', 'on_failure', 'always'),
  policy: text({ expected: 'pull, push, pull-push or a variable', pattern: /^(pull|push|pull-push|\$.+)$/ }),
  fallback_keys: list(text(), { max: FALLBACK_KEYS_MAX }),
});

const cache: Shape = either('a cache or a list of caches', {
  object: cacheFields,
  list: items(either('a cache', { object: cacheFields }), { max: CACHES_MAX }),
});

const retryWhen = choice(
  'always',
  'api_failure',
  'archived_failure',
  'data_integrity_failure',
  'job_execution_timeout',
  'runner_system_failure',
  'runner_unsupported',
  'scheduler_failure',
  'script_failure',
  'stale_schedule',
  'stuck_or_timeout_failure',
  'unknown_failure',
  'unmet_prerequisites',
);

const exitCodes: Shape = either('an exit code or a list of them', {
  number: integer(0, 255),
  list: items(integer(0, 255), { min: 1 }),
});

const retry: Shape = either(`a whole number from 0 to ${RETRY_MAX}, or { max, when, exit_codes }`, {
  number: integer(0, RETRY_MAX),
  object: fields<Retry>({
    max: integer(0, RETRY_MAX),
    when: either('a kind of failure or a list of them', {
      text: retryWhen,
      list: items(retryWhen, { min: 1 }),
    }),
    exit_codes: exitCodes,
  }),
});

const idTokens: Shape = byVariable(
  object<IdToken>(
    { aud: either('an audience or a list of them', { text: text(), list: items(text(), { min: 1 }) }) },
    { expected: '{ aud }', required: ['aud'] },
  ),
);

const PROVIDERS = ['vault', 'aws_secrets_manager', 'gcp_secret_manager', 'azure_key_vault'] as const;
const reference: Shape = either('text or an object', { text: text(), object: anything });

const secrets: Shape = byVariable(
  object<Secret>(
    {
      vault: reference,
      aws_secrets_manager: reference,
      gcp_secret_manager: either('an object', { object: anything }),
      azure_key_vault: either('an object', { object: anything }),
      file: flag,
      token: text(),
    },
    {
      also: (value, at, sink) => {
        if (!isObject(value) || PROVIDERS.filter((name) => value[name] !== undefined).length === 1) return;
        sink.missing(at, `has to have exactly one of ${PROVIDERS.join(', ')}. Name the place of the secret.`);
      },
    },
  ),
);

const hooks: Shape = object<Hooks>({ pre_get_sources_script: script(true) });
const needKeys = { job: text(), artifacts: flag, parallel: matrix };

const needJob = fields<NeedJob>({ optional: flag, ...needKeys }, { required: ['job'] });
const needPipelineJob = fields<NeedPipelineJob>({ pipeline: text(), ...needKeys }, { required: ['job'] });
const needProjectJob = fields<NeedProjectJob>(
  { project: text(), ref: text(), ...needKeys },
  { required: ['job', 'ref'] },
);

const needs: Shape = list(
  either('a job name or { job, ... }', {
    text: text(),
    object: (value, at, sink) => {
      const need = value as Record<string, unknown>;
      const inPipeline = need.pipeline === undefined ? needJob : needPipelineJob;
      (need.project === undefined ? inPipeline : needProjectJob)(value, at, sink);
    },
  }),
  { expected: 'a list of needs' },
);

const strategy = choice('mirror', 'depend');
const forward: Shape = object<Forward>({ yaml_variables: flag, pipeline_variables: flag });

const triggerChild = fields<TriggerChild>({
  include: triggerInclude(TRIGGER_INCLUDES_MAX),
  strategy,
  forward,
});
const triggerProject = fields<TriggerProject>(
  { project: text(), branch: text(), strategy, forward, inputs },
  { required: ['project'] },
);

const trigger: Shape = either('a project path, { project } or { include }', {
  text: text(),
  object: (value, at, sink) =>
    ((value as Record<string, unknown>).include === undefined ? triggerProject : triggerChild)(
      value,
      at,
      sink,
    ),
});

const link = object<ReleaseLink>(
  { name: text(), url: text(), filepath: text(), link_type: choice('runbook', 'package', 'image', 'other') },
  { required: ['name', 'url'] },
);

const release: Shape = object<Release>(
  {
    tag_name: text(),
    tag_message: text({ empty: true }),
    description: text(),
    name: text(),
    ref: text(),
    milestones: list(text()),
    released_at: text(),
    assets: object<NonNullable<Release['assets']>>(
      { links: list(link, { min: 1 }) },
      { required: ['links'] },
    ),
  },
  { required: ['tag_name', 'description'] },
);

const run: Shape = list(
  object<RunStep>({
    name: text(),
    step: reference,
    action: text(),
    script: text(),
    inputs: either('an object', { object: anything }),
    env: either('an object', { object: anything }),
  }),
  { min: 1 },
);

/** What a job and `default` have in common. */
export const defaultKeys: { readonly [K in keyof Default]-?: Shape } = {
  image,
  services,
  tags: list(text(), { expected: 'a list of tags', min: 1, max: TAGS_MAX }),
  id_tokens: idTokens,
  interruptible: flag,
  timeout: duration({ max: TIMEOUT_MAX }),
  retry,
  cache,
  hooks,
  before_script: script(true),
  after_script: script(true),
  artifacts,
};

/** What GitLab takes under each keyword of a job. */
export const jobKeys: { readonly [K in keyof Job]-?: Shape } = {
  ...defaultKeys,
  extends: either('a name or a list of names', { text: text(), list: items(text()) }),
  stage: text(),
  environment,
  resource_group: resourceGroup,
  identity: choice('google_cloud'),
  secrets,
  inherit: object<Inherit>({
    default: either('true, false or a list of keywords', {
      boolean: anything,
      list: items(choice(...Object.keys(defaultKeys))),
    }),
    variables: either('true, false or a list of names', { boolean: anything, list: items(text()) }),
  }),
  variables,
  rules,
  needs,
  dependencies: list(text(), { expected: 'a list of job names' }),
  when: choice('on_success', 'on_failure', 'always', 'manual', 'delayed'),
  start_in: duration({ max: START_IN_MAX }),
  manual_confirmation: text(),
  allow_failure: either('true, false or { exit_codes }', {
    boolean: anything,
    object: fields<{ exit_codes: unknown }>({ exit_codes: exitCodes }, { required: ['exit_codes'] }),
  }),
  parallel,
  trigger,
  script: script(false),
  run,
  coverage: text({ expected: 'a regular expression between slashes', pattern: /^\/.+\/$/s }),
  release,
  pages: either('true, false or { publish, ... }', {
    boolean: anything,
    object: fields<Pages>({
      publish: text(),
      path_prefix: text({ empty: true }),
      expire_in: duration({ never: true }),
    }),
  }),
};

/** A job or template. */
export const job: Shape = object<Job>(jobKeys, {
  expected: 'a job: an object with keywords such as script and stage',
  hints: {
    only: 'It is outdated and does not go together with rules: write rules.',
    except: 'It is outdated and does not go together with rules: write rules.',
    publish: 'It is outdated: write pages: { publish }.',
  },
});
