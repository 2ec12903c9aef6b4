import { Cluster, Fleet, type FleetProps, Wave, type WaveProps } from '../../src';
import { BASE, render } from './support';

const zones = ['eu-central-1a'];

/** A wave of the fleet, its props and the names of its clusters. */
type Given = readonly [name: string, props: WaveProps, ...clusters: string[]];

function fleetOf(given: readonly Given[], fleetProps: FleetProps = {}): Fleet {
  const fleet = new Fleet({ ...BASE, ...fleetProps });
  for (const [name, props, ...clusters] of given) {
    const wave = new Wave(fleet, name, props);
    for (const cluster of clusters) new Cluster(wave, cluster, { zones });
  }
  return fleet;
}

const DEV: Given = ['dev', {}, 'a.example.com', 'b.example.com'];
const two = (prod: WaveProps, fleet: FleetProps = {}) =>
  render(fleetOf([DEV, ['prod', prod, 'x.example.com', 'y.example.com', 'z.example.com']], fleet));
const findings = (prod: object, fleet: FleetProps = {}) => two(prod, fleet).findings.join('\n');

describe('the stages', () => {
  const stages = (given: readonly Given[]) => render(fleetOf(given)).file('.gitlab-ci.yml').stages;

  test('of one wave are those of a cluster', () => {
    expect(stages([DEV])).toEqual([
      'verify',
      'dryrun:dev',
      'update:dev',
      'roll:dev',
      'prune:dev',
      'drift',
      'delete',
    ]);
  });

  test('of the next wave come after the question whether the one before has been rolled out', () => {
    expect(stages([DEV, ['prod', { soak: '1 day' }, 'x.example.com']]).slice(5, 10)).toEqual([
      'soak:prod',
      'rolled:dev',
      'open:prod',
      'dryrun:prod',
      'update:prod',
    ]);
  });

  test('of a first wave that a person opens begin with that', () => {
    expect(stages([['dev', { approval: 'wave' }, 'a.example.com']])[1]).toBe('open:dev');
  });
});

describe('approval', () => {
  const when = (prod: WaveProps) => {
    const { jobs } = two(prod);
    return ['open:prod', 'update:x.example.com', 'roll:x.example.com'].map(
      (name) => jobs[name].when ?? 'on_success',
    );
  };

  test.each([
    [{}, ['on_success', 'manual', 'manual']],
    [{ approval: 'every-step' }, ['on_success', 'manual', 'manual']],
    [{ approval: 'cluster' }, ['on_success', 'manual', 'on_success']],
    [{ approval: 'wave' }, ['manual', 'on_success', 'on_success']],
    [{ approval: 'none' }, ['on_success', 'on_success', 'on_success']],
  ] as const)('%j', (prod, expected) => {
    expect(when(prod)).toEqual(expected);
  });

  test('of a fleet holds for its waves, and the nearest wins', () => {
    const { jobs } = two({ approval: 'cluster' }, { approval: 'none' });
    expect(jobs['update:a.example.com'].when).toBe('on_success');
    expect(jobs['update:x.example.com'].when).toBe('manual');
  });

  test('of a wave is given in the environment of the wave', () => {
    expect(two({ approval: 'wave' }).jobs['open:prod'].environment).toEqual({ name: 'wave/prod' });
    expect(two({}).jobs['open:prod'].environment).toBeUndefined();
  });

  test('never lets a job that a person starts be passed over', () => {
    for (const approval of ['every-step', 'cluster', 'wave', 'none'] as const) {
      const { jobs } = two({ approval });
      const steps = Object.entries(jobs).filter(([name]) => /^(open|update|roll|rolled):/.test(name));
      for (const [, job] of steps) expect(job.allow_failure ?? false).toBe(false);
    }
  });
});

describe('what opens a wave', () => {
  test('has no credentials for the cloud', () => {
    const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
    const credentials = {
      aws: { planRole: role('plan'), changeRole: role('change'), readRole: role('read') },
    };
    for (const at of [
      [{ credentials }, {}],
      [{}, { credentials }],
    ] as const) {
      const { jobs } = two({ soak: '1h', ...at[0] }, at[1]);
      for (const name of ['open:prod', 'soak:prod']) {
        expect(jobs[name].id_tokens).toBeUndefined();
        expect(JSON.stringify(jobs[name])).not.toContain('arn:');
      }
    }
  });

  test('asks with the role that reads, of the wave that it asks', () => {
    const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
    const roles = (wave: string) => ({
      aws: {
        planRole: role(`${wave}-plan`),
        changeRole: role(`${wave}-change`),
        readRole: role(`${wave}-read`),
      },
    });
    const { jobs } = render(
      fleetOf([
        ['dev', { credentials: roles('dev') }, 'a.example.com'],
        ['prod', { credentials: roles('prod') }, 'x.example.com'],
      ]),
    );
    expect(jobs['rolled:dev'].variables.CDKOPS_AWS_ROLE_ARN).toBe(role('dev-read'));
    expect(JSON.stringify(jobs['rolled:dev'])).not.toContain('prod-');
    expect(jobs['rolled:dev'].id_tokens).toBeDefined();
  });

  test('runs where the clusters do, also where these say so by themselves', () => {
    const fleet = fleetOf([DEV]);
    const prod = new Wave(fleet, 'prod', { soak: '1h' });
    new Cluster(prod, 'x.example.com', { zones, jobs: { image: 'own:1', tags: ['aws'] } });
    const { jobs } = render(fleet);
    for (const name of ['open:prod', 'soak:prod'])
      expect(jobs[name]).toMatchObject({ image: 'own:1', tags: ['aws'] });
  });

  test('counts whole seconds, whatever the duration', () => {
    for (const [soak, seconds] of [
      ['1.1h', '3960'],
      ['0.5s', '1'],
    ]) {
      expect(two({ soak }).jobs['open:prod'].variables.CDKOPS_SOAK).toBe(seconds);
    }
  });

  test('are several jobs where clusters differ in role or runner', () => {
    const fleet = new Fleet(BASE);
    const dev = new Wave(fleet, 'dev');
    new Cluster(dev, 'a.example.com', { zones });
    new Cluster(dev, 'b.example.com', { zones, jobs: { tags: ['other'] } });
    new Cluster(dev, 'c.example.com', { zones });
    new Cluster(new Wave(fleet, 'prod'), 'x.example.com', { zones });
    const { jobs } = render(fleet);
    expect(jobs['rolled:dev'].variables.CDKOPS_CLUSTERS).toBe('a.example.com\nc.example.com');
    expect(jobs['rolled:dev.2']).toMatchObject({
      tags: ['other'],
      variables: { CDKOPS_CLUSTERS: 'b.example.com' },
    });
    expect(jobs['open:prod'].variables.CDKOPS_GATES).toBe('dev dev.2');
    expect(jobs['open:prod'].dependencies).toEqual(['rolled:dev', 'rolled:dev.2']);
  });

  test('asks all waves before, and leaves out what is retired', () => {
    const fleet = fleetOf([DEV, ['staging', {}, 's.example.com'], ['prod', { soak: '2h' }, 'x.example.com']]);
    new Cluster(fleet.waves[0] as Wave, 'old.example.com', { zones, retired: true });
    const { jobs } = render(fleet);
    expect(jobs['rolled:dev'].variables.CDKOPS_CLUSTERS).toBe('a.example.com\nb.example.com');
    expect(jobs['open:prod'].variables).toMatchObject({
      CDKOPS_GATES: 'dev.prod staging',
      CDKOPS_SOAK: '7200',
    });
    // What was true when staging opened may not be so any more.
    expect(jobs['rolled:dev.prod']).toMatchObject({
      stage: 'rolled:staging',
      variables: { CDKOPS_GATE: 'dev.prod' },
    });
    expect(jobs['open:staging'].variables).toMatchObject({ CDKOPS_GATES: 'dev', CDKOPS_SOAK: '0' });
  });
});

describe('slots', () => {
  test('lock as many clusters as there are slots, whatever their names begin with', () => {
    const prefix = 'a'.repeat(60);
    const names = Array.from({ length: 40 }, (_, index) => `${prefix}.k${index}.example.com`);
    const { jobs } = render(fleetOf([['dev', { maxParallel: 3 }, ...names]]));
    const locks = names.map((name) => {
      const { resource_group, variables } = jobs[`update:${name}`];
      expect(jobs[`roll:${name}`].resource_group).toBe(resource_group);
      return resource_group.replace('$CDKOPS_SLOT', variables.CDKOPS_SLOT);
    });
    expect([...new Set(locks)].sort()).toEqual(['dev/1', 'dev/2', 'dev/3']);
  });

  test('follow each other where nobody starts each cluster', () => {
    const names = ['a', 'b', 'c', 'd'].map((name) => `${name}.example.com`);
    const chain = (props: WaveProps) => {
      const { jobs } = render(fleetOf([['dev', { maxParallel: 1, ...props }, ...names]]));
      return names.filter((name) => JSON.stringify(jobs[`update:${name}`].needs).includes('roll:')).length;
    };
    expect(chain({ approval: 'none' })).toBe(3);
    expect(chain({ approval: 'wave' })).toBe(3);
    expect(chain({ approval: 'cluster' })).toBe(0);
  });
});

describe('mistakes', () => {
  test.each<[string, object, RegExp]>([
    [
      'an approval that there is not',
      { approval: 'clusters' },
      /approval: expected one of every-step.*cluster/,
    ],
    ['no clusters at once', { maxParallel: 0 }, /maxParallel: expected a whole number/],
    ['parts of a cluster', { maxParallel: 1.5 }, /maxParallel/],
    ['a soak that is no duration', { soak: 'on' }, /soak: expected a duration such as '12h'/],
    ['a soak longer than GitLab waits', { soak: '8 days' }, /soak: .*at most a week/],
    [
      'a canary that there is not',
      { canary: 'w.example.com' },
      /canary: expected the name of a cluster of this wave/,
    ],
    ['a canary of another wave', { canary: 'a.example.com' }, /canary: "a.example.com" is in the wave "dev"/],
  ])('%s', (_what, prod, message) => {
    const fleet = fleetOf([DEV, ['prod', prod as WaveProps, 'x.example.com']]);
    const annotated = fleet.waves.flatMap((wave) => wave.node.metadata);
    expect([...render(fleet).findings, JSON.stringify(annotated)].join('\n') + told(fleet)).toMatch(message);
  });

  test('a wave of a name that jobs have', () => {
    expect(told(fleetOf([['retired', {}, 'a.example.com']]))).toContain('give the wave another name');
  });

  test('a canary that is to end', () => {
    const fleet = fleetOf([DEV]);
    const prod = new Wave(fleet, 'prod', { canary: 'x.example.com' });
    new Cluster(prod, 'x.example.com', { zones, retired: true });
    expect(render(fleet).findings.join('\n')).toContain('"x.example.com" is retired');
  });

  test('a soak of the first wave', () => {
    const one = render(fleetOf([['dev', { soak: '1h' }, 'a.example.com']]));
    expect(one.findings.join('\n')).toMatch(/soak: means nothing for the first wave/);
    expect(findings({}, { soak: '1h' })).toBe('');
  });

  test('a cluster whose name means all of them', () => {
    const fleet = fleetOf([['dev', {}, 'all']]);
    expect(render(fleet).findings.join('\n')).toContain('"all" stands for all clusters');
  });

  test('a kOps that no wave before has tried', () => {
    expect(findings({ kops: '1.36.3' })).toMatch(/kops: has 1.36.3, which is newer .*"dev" has 1.36.2/);
    expect(findings({ kops: '1.35.0', kubernetesVersion: '1.34.1' })).toBe('');
  });
});

/** What the tree says of itself: props that cannot be used. */
function told(fleet: Fleet): string {
  const { Annotations } = jest.requireActual<typeof import('../../src/core')>('../../src/core');
  return fleet.waves
    .flatMap((wave) => Annotations.of(wave).problems)
    .map(({ field, message }) => `${field}: ${message}`)
    .join('\n');
}
