import type { Environment, EnvironmentKubernetes } from '../environment';
import {
  ENVIRONMENT_NAME,
  ENVIRONMENT_NAME_MAX,
  ENVIRONMENT_NAME_WORDS,
  ENVIRONMENT_URL_MAX,
  RESOURCE_GROUP_MAX,
} from '../limits';
import { choice, duration, either, fields, flag, object, type Shape, text } from './shape';

const name = text({ expected: ENVIRONMENT_NAME_WORDS, max: ENVIRONMENT_NAME_MAX, pattern: ENVIRONMENT_NAME });

const dashboard = { namespace: text(), flux_resource_path: text() };

/** An environment, or its name. */
export const environment: Shape = either('a name or { name, action, ... }', {
  text: name,
  object: fields<Environment>(
    {
      name,
      url: text({ max: ENVIRONMENT_URL_MAX }),
      action: choice('start', 'prepare', 'stop', 'verify', 'access'),
      deployment_tier: choice('production', 'staging', 'testing', 'development', 'other'),
      on_stop: text({ expected: 'the name of a job' }),
      auto_stop_in: duration({ never: true, variables: true }),
      kubernetes: object<EnvironmentKubernetes>({
        agent: text(),
        ...dashboard,
        managed_resources: object<NonNullable<EnvironmentKubernetes['managed_resources']>>({ enabled: flag }),
        dashboard: object<NonNullable<EnvironmentKubernetes['dashboard']>>(dashboard),
      }),
    },
    { required: ['name'] },
  ),
});

/**
 * A resource group. GitLab does not refuse a bad one: it runs the job without the lock, which is worse.
 */
export const resourceGroup: Shape = text({
  expected: `${ENVIRONMENT_NAME_WORDS}; GitLab would run the job without the lock`,
  max: RESOURCE_GROUP_MAX,
  pattern: ENVIRONMENT_NAME,
});
