import { type Report, shape } from '../../src/core';
import { flagProblem, type KopsCommand } from '../../src/delivery/kops-flags';
import {
  ROLLING_UPDATE_MEMBERS,
  type RollingUpdateOptions,
  rollingUpdateFlags,
  VALIDATION_MEMBERS,
  type ValidationOptions,
  validationFlags,
} from '../../src/delivery/rolling-update';

const GROUPS = ['control-plane-a', 'nodes-a', 'nodes-b', 'gpu'];

describe('flags of kops rolling-update cluster', () => {
  test.each<[string, RollingUpdateOptions, readonly string[]]>([
    ['nothing given: left to kOps', {}, []],
    ['groups', { instanceGroups: ['nodes-a', 'gpu'] }, ['--instance-group=nodes-a,gpu']],
    ['an empty list: all', { instanceGroups: [], excludeInstanceGroups: [] }, []],
    [
      'groups left out',
      { excludeInstanceGroups: ['gpu'] },
      ['--instance-group=control-plane-a,nodes-a,nodes-b'],
    ],
    [
      'groups left out of those named',
      { instanceGroups: ['nodes-a', 'gpu'], excludeInstanceGroups: ['gpu'] },
      ['--instance-group=nodes-a'],
    ],
    [
      'roles',
      { instanceGroupRoles: ['control-plane', 'apiserver'] },
      ['--instance-group-roles=control-plane,apiserver'],
    ],
    [
      'false is said, too',
      { cloudonly: false, failOnDrainError: false, failOnValidateError: true },
      ['--cloudonly=false', '--fail-on-drain-error=false', '--fail-on-validate-error=true'],
    ],
    [
      'times and counts, in the order of the table',
      {
        validationTimeout: '20m',
        validateCount: 0,
        postDrainDelay: '0s',
        drainTimeout: '1h30m',
        bastionInterval: '1s',
        nodeInterval: '2s',
        controlPlaneInterval: '3s',
      },
      [
        '--control-plane-interval=3s',
        '--node-interval=2s',
        '--bastion-interval=1s',
        '--drain-timeout=1h30m',
        '--post-drain-delay=0s',
        '--validate-count=0',
        '--validation-timeout=20m',
      ],
    ],
  ])('%s', (_, options, flags) => {
    for (const version of ['1.26.0', '1.36.2', undefined]) {
      expect(rollingUpdateFlags(options, version, GROUPS)).toEqual({ flags, problems: [] });
    }
  });

  test('names are taken as they are where the groups are not known', () => {
    const { flags, problems } = rollingUpdateFlags(
      { instanceGroups: ['nodes-a', 'gpu'], excludeInstanceGroups: ['gpu'] },
      '1.36.2',
    );
    expect(flags).toEqual(['--instance-group=nodes-a']);
    expect(problems).toEqual([]);
  });

  test.each<[string, RollingUpdateOptions, readonly string[] | undefined, string, string]>([
    [
      'a misspelt group',
      { instanceGroups: ['nodes-a', 'node-b'] },
      GROUPS,
      'rollingUpdate.instanceGroups[1]',
      'the cluster has no instance group "node-b"; did you mean nodes-b?; it has control-plane-a, nodes-a, nodes-b, gpu',
    ],
    [
      'a group left out that is not there',
      { excludeInstanceGroups: ['spot'] },
      GROUPS,
      'rollingUpdate.excludeInstanceGroups[0]',
      'the cluster has no instance group "spot"; it has control-plane-a, nodes-a, nodes-b, gpu',
    ],
    [
      'all left out',
      { excludeInstanceGroups: ['nodes', 'gpu'] },
      ['nodes', 'gpu'],
      'rollingUpdate.excludeInstanceGroups',
      'leaves no instance group to roll of nodes, gpu: kOps would take that for all of them',
    ],
    [
      'groups left out of a template',
      { excludeInstanceGroups: ['gpu'] },
      undefined,
      'rollingUpdate.excludeInstanceGroups',
      'cdkops does not know the instance groups of this cluster: name those to roll in rollingUpdate.instanceGroups',
    ],
  ])('%s is a problem', (_, options, groups, field, message) => {
    expect(rollingUpdateFlags(options, '1.36.2', groups).problems).toEqual([{ field, message }]);
  });
});

describe('flags of kops validate cluster', () => {
  test.each<[string, ValidationOptions, readonly string[]]>([
    ['it waits unless told otherwise', {}, ['--wait=15m']],
    ['all', { count: 3, interval: '5s', wait: '1m' }, ['--wait=1m', '--interval=5s', '--count=3']],
    ['one look', { count: 1, wait: '0s' }, ['--wait=0s', '--count=1']],
  ])('%s', (_, options, flags) => {
    expect(validationFlags(options, '1.29.0')).toEqual({ flags, problems: [] });
  });

  test('several looks without time can never succeed', () => {
    expect(validationFlags({ count: 3, wait: '0m0s' }, '1.36.2').problems).toEqual([
      {
        field: 'validation.count',
        message:
          '3 looks at the cluster need time, and validation.wait is 0m0s: kOps would always fail; let it wait, or leave count out',
      },
    ]);
  });

  test('a flag that the release does not know is left out, and a problem', () => {
    expect(validationFlags({ interval: '5s' }, '1.28.7')).toEqual({
      flags: ['--wait=15m'],
      problems: [
        {
          field: 'validation.interval',
          message:
            'kOps 1.28.7 does not know --interval of "kops validate cluster", which kOps 1.29.0 has: leave it out here, or take a newer kOps',
        },
      ],
    });
  });
});

describe('flags by release', () => {
  test.each<[KopsCommand, string, string, string]>([
    ['update cluster', '--prune', '1.28.7', '1.29.0'],
    ['update cluster', '--instance-group-roles', '1.30.4', '1.31.0'],
    ['rolling-update cluster', '--api-server', '1.32.0', '1.32.1'],
    ['validate cluster', '--api-server', '1.32.0', '1.32.1'],
    ['validate cluster', '--use-kubeconfig', '1.33.2', '1.34.0'],
    ['rolling-update cluster', '--use-kubeconfig', '1.33.2', '1.34.0-beta.1'],
    ['reconcile cluster', '--api-server', '1.35.0', '1.35.1'],
    ['delete cluster', '--wait', '1.28.7', '1.29.0'],
  ])('%s %s: not in %s, in %s', (command, flag, without, first) => {
    expect(flagProblem(command, flag, without)?.message).toContain(`kOps ${without} does not know ${flag}`);
    expect(flagProblem(command, flag, first)).toBeUndefined();
  });

  test.each([undefined, 'latest'])('of version %s nothing is said', (version) => {
    expect(flagProblem('update cluster', '--prune', version)).toBeUndefined();
  });

  test('what all releases have is never a problem', () => {
    expect(flagProblem('rolling-update cluster', '--control-plane-interval', '1.26.0')).toBeUndefined();
  });
});

describe('what cannot be used', () => {
  const roll = shape.object(ROLLING_UPDATE_MEMBERS);
  const validate = shape.object(VALIDATION_MEMBERS);
  const UNITS = "expected a duration such as '30s', '5m' or '1h30m', got";

  test.each(['0s', '30s', '5m', '1h30m', '1.5h', '500ms', '1m500ms'])('%s is a duration', (wait) => {
    expect(readWith(validate, { wait })).toEqual({ result: { wait }, problems: [] });
  });

  test.each<[string, shape.Shape, object, string]>([
    [
      'a number for a duration',
      roll,
      { nodeInterval: 15 },
      `nodeInterval: ${UNITS} the number 15; write its unit, too: '15s' for seconds, '15m' for minutes`,
    ],
    [
      'a duration without unit',
      roll,
      { drainTimeout: '90' },
      `drainTimeout: ${UNITS} "90"; write its unit, too: '90s' for seconds, '90m' for minutes`,
    ],
    [
      'a unit that Go does not have',
      validate,
      { wait: '1d' },
      `wait: ${UNITS} "1d"; its units are h, m, s and ms`,
    ],
    [
      'a blank in a duration',
      validate,
      { wait: '1h 30m' },
      `wait: ${UNITS} "1h 30m"; its units are h, m, s and ms`,
    ],
    [
      'a negative duration',
      roll,
      { postDrainDelay: '-5s' },
      `postDrainDelay: ${UNITS} "-5s"; its units are h, m, s and ms`,
    ],
    [
      'a line break after a duration',
      validate,
      { wait: '5m\n' },
      `wait: ${UNITS} "5m\\n"; its units are h, m, s and ms`,
    ],
    [
      'a shell command for a group',
      roll,
      { instanceGroups: ['nodes; $(id)'] },
      'instanceGroups[0]: "nodes; $(id)" is no name of an instance group: expected lower-case letters, digits, dashes and dots',
    ],
    [
      'a list in a name',
      roll,
      { excludeInstanceGroups: ['a,b'] },
      'excludeInstanceGroups[0]: "a,b" is no name of an instance group: expected lower-case letters, digits, dashes and dots',
    ],
    [
      'the old name of a role',
      roll,
      { instanceGroupRoles: ['master'] },
      'instanceGroupRoles[0]: expected one of control-plane, apiserver, node, bastion, got "master"',
    ],
    [
      'a misspelt option',
      roll,
      { cloudOnly: true },
      'cloudOnly: there is nothing of this name to set; did you mean cloudonly?',
    ],
    [
      'no validation at all',
      validate,
      { count: 0 },
      'count: expected a whole number from 1, got the number 0',
    ],
  ])('%s', (_, members, value, problem) => {
    const { result, problems } = readWith(members, value);
    expect(problems).toEqual([problem]);
    expect(JSON.stringify(result)).toMatch(/^\{(?:"\w+":\[\])?\}$/);
  });
});

function readWith(members: shape.Shape, value: object) {
  const problems: string[] = [];
  const report: Report = (field, message) => problems.push(`${field}: ${message}`);
  return { result: shape.read(members, value, '', report), problems };
}
