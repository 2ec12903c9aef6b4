/*
 * GitLab's limits. "code" names a file of GitLab's source (https://gitlab.com/gitlab-org/gitlab), "doc" a page
 * of its documentation. Those marked "instance" can be changed by the administrator of a GitLab of one's own.
 */

/** Characters of a job's name. code: lib/gitlab/ci/config/entry/processable.rb */
export const JOB_NAME_MAX = 255;

/**
 * Characters of a job's name that other jobs need. code: app/models/ci/build_need.rb; releases of late allow
 * 255, this is what older ones take.
 */
export const NEEDED_JOB_NAME_MAX = 128;

/**
 * Names that no job can have. doc: https://docs.gitlab.com/ci/jobs/#job-names; the last three would end up in
 * the place of the file's own blocks of that name.
 */
export const RESERVED_JOB_NAMES: readonly string[] = [
  'image',
  'services',
  'stages',
  'types',
  'before_script',
  'after_script',
  'variables',
  'cache',
  'include',
  'true',
  'false',
  'nil',
  'default',
  'workflow',
  'spec',
];

/** Stages that every pipeline has at its ends. code: lib/gitlab/ci/config/edge_stages_injector.rb */
export const FIRST_STAGE = '.pre';
export const LAST_STAGE = '.post';

/** The stages of a configuration that lists none. code: lib/gitlab/ci/config/entry/stages.rb */
export const DEFAULT_STAGES: readonly string[] = ['build', 'test', 'deploy'];

/** The stage of a job that names none. code: lib/gitlab/ci/config/entry/stage.rb */
export const DEFAULT_STAGE = 'test';

/** Entries of `needs`. code: plan limit ci_needs_size_limit (instance); doc: /ci/yaml/#needs */
export const NEEDS_MAX = 50;

/** Levels of `extends`. code: lib/gitlab/ci/config/extendable/entry.rb, MAX_NESTING_LEVELS */
export const EXTENDS_LEVELS_MAX = 11;

/** Depth of lists and objects. doc: /administration/instance_limits/, max_yaml_depth (instance) */
export const DEPTH_MAX = 100;

/** Included files of a pipeline. doc: /ci/yaml/#include (instance) */
export const INCLUDES_MAX = 150;

/** Files of `trigger:include`. code: lib/gitlab/ci/config/entry/trigger.rb, INCLUDE_MAX_SIZE */
export const TRIGGER_INCLUDES_MAX = 3;

/**
 * Pipelines in a tree, the first included. code: app/services/ci/create_downstream_pipeline_service.rb, plan limit
 * pipeline_hierarchy_size (instance)
 */
export const PIPELINES_IN_TREE_MAX = 1000;

/** Levels of child pipelines below the first one. code: the same, MAX_NESTED_CHILDREN */
export const PIPELINE_DEPTH_MAX = 2;

/**
 * Bytes of memory that one file takes once it is read, 2 MB. doc: /administration/instance_limits/,
 * max_yaml_size_bytes (instance); code: lib/gitlab/utils/deep_size.rb
 */
export const FILE_MEMORY_MAX = 2 * 1024 * 1024;

/**
 * Tokens of an expression such as that of `rules:if`. code: lib/gitlab/ci/pipeline/expression/lexer.rb, whose
 * MAX_TOKENS is the first number that it refuses.
 */
export const EXPRESSION_TOKENS_MAX = 99;

/** Jobs with an environment in a pipeline. code: plan limit ci_pipeline_deployments (instance) */
export const ENVIRONMENT_JOBS_MAX = 500;

/** Characters of an environment's name. code: app/models/environment.rb */
export const ENVIRONMENT_NAME_MAX = 255;

/** Characters of an environment's address. code: lib/gitlab/ci/config/entry/environment.rb */
export const ENVIRONMENT_URL_MAX = 255;

/** Characters of a resource group. code: app/models/ci/resource_group.rb */
export const RESOURCE_GROUP_MAX = 255;

/** What names of environments and resource groups are made of. code: lib/gitlab/regex.rb, environment_name_regex */
export const ENVIRONMENT_NAME = /^[A-Za-z0-9_${}. -](?:[A-Za-z0-9_${}. /-]*[A-Za-z0-9_${}. -])?$/;

/** The same in words. */
export const ENVIRONMENT_NAME_WORDS =
  'letters, digits, blanks and - _ / . $ { }, without a slash at either end';

/** Instances of a job. code: lib/gitlab/ci/config/entry/product/parallel.rb, PARALLEL_LIMIT */
export const PARALLEL_MAX = 200;

/** Patterns of `rules:changes`. code: lib/gitlab/ci/config/entry/rules/rule/changes.rb */
export const CHANGES_MAX = 50;

/** Patterns of `rules:exists`. code: lib/gitlab/ci/config/entry/rules/rule/exists.rb */
export const EXISTS_MAX = 50;

/** Seconds that a delayed job may wait: one week. code: lib/gitlab/ci/config/entry/job.rb */
export const START_IN_MAX = 7 * 24 * 60 * 60;

/**
 * Seconds that a job may run: what Ruby takes for one month, 30.4 days (instance settings and runners may allow less).
 * code: lib/gitlab/ci/config/entry/timeout.rb, app/models/project.rb, MAX_BUILD_TIMEOUT
 */
export const TIMEOUT_MAX = 2_629_746;

/** Times that a job is tried again. code: lib/gitlab/ci/config/entry/retry.rb */
export const RETRY_MAX = 2;

/** Tags of a job; GitLab refuses 50. code: lib/gitlab/ci/config/entry/tags.rb */
export const TAGS_MAX = 49;

/** Caches of a job. code: lib/gitlab/ci/config/entry/caches.rb */
export const CACHES_MAX = 4;

/** Files of a cache key. code: lib/gitlab/ci/config/entry/files.rb */
export const CACHE_KEY_FILES_MAX = 2;

/** Fallback keys of a cache. code: lib/gitlab/ci/config/entry/cache.rb */
export const FALLBACK_KEYS_MAX = 5;

/** Characters of the name of a workflow. code: lib/gitlab/ci/config/entry/workflow.rb */
export const WORKFLOW_NAME_MAX = 255;

/** Characters of `artifacts:expose_as`. code: lib/gitlab/ci/config/entry/artifacts.rb */
export const EXPOSE_AS_MAX = 100;

/** What `artifacts:expose_as` is made of. code: the same, EXPOSE_AS_REGEX */
export const EXPOSE_AS = /^\w[-\w ]*$/;

/** Exposed artifacts that a merge request shows. doc: /ci/yaml/#artifactsexpose_as */
export const EXPOSED_ARTIFACTS_MAX = 10;

/** What names of variables are made of. doc: /ci/yaml/#variables */
export const VARIABLE_NAME = /^[A-Za-z0-9_]+$/;

/** What names of inputs are made of. code: app/assets/javascripts/editor/schema/ci.json */
export const INPUT_NAME = /^[A-Za-z0-9_-]+$/;
