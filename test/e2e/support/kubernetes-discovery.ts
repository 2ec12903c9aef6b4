/** What the API says of itself, by path: as much as kops and kubectl ask before they drain a node. */
export const DISCOVERY: Readonly<Record<string, object>> = {
  '/version': { major: '1', minor: '35', gitVersion: 'v1.35.5' },
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [group('apps'), group('policy')] },
  '/apis/apps': group('apps'),
  '/apis/policy': group('policy'),
  '/api/v1': resources('v1', [
    resource('nodes', 'Node', false),
    resource('pods', 'Pod', true),
    {
      ...resource('pods/eviction', 'Eviction', true),
      group: 'policy',
      version: 'v1',
      verbs: ['create'],
    },
  ]),
  '/apis/apps/v1': resources('apps/v1', [resource('daemonsets', 'DaemonSet', true)]),
  '/apis/policy/v1': resources('policy/v1', [resource('poddisruptionbudgets', 'PodDisruptionBudget', true)]),
};

function group(name: string): object {
  const version = { groupVersion: `${name}/v1`, version: 'v1' };
  return { kind: 'APIGroup', apiVersion: 'v1', name, versions: [version], preferredVersion: version };
}

function resources(groupVersion: string, list: readonly object[]): object {
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: list };
}

function resource(name: string, kind: string, namespaced: boolean): object {
  return { name, singularName: '', namespaced, kind, verbs: ['get', 'list', 'patch', 'delete'] };
}
