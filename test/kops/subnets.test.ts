import fc from 'fast-check';
import { contains, overlaps, parseCidr, split } from '../../src/kops/cidr';
import { assignCidrs, planSubnets } from '../../src/kops/subnets';
import { aCluster, findingsOf, specOf } from './support';

const zones = (count: number) =>
  ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].slice(0, count).map((at) => `eu-central-1${at}`);

function plan(count: number, topology: 'public' | 'private', ipv6 = false) {
  const networkCIDR = '172.20.0.0/16';
  return assignCidrs(planSubnets({ zones: zones(count), topology, ipv6, networkCIDR }), networkCIDR);
}

// The network is cut into at most eight parts; a private topology spends one on the utility subnets.
test.each([
  [8, 'public', false],
  [7, 'private', false],
  [7, 'private', true],
] as const)('%d %s zones fit (IPv6: %s), as in kOps', (count, topology, ipv6) => {
  expect(plan(count, topology, ipv6).problems).toEqual([]);
});

test.each([
  [9, 'public', false, 'spec.subnets[eu-central-1i].cidr'],
  [8, 'private', false, 'spec.subnets[eu-central-1h].cidr'],
  [8, 'private', true, 'spec.subnets[dualstack-eu-central-1h].cidr'],
] as const)('fails: %d %s zones do not (IPv6: %s)', (count, topology, ipv6, field) => {
  expect(plan(count, topology, ipv6).problems).toEqual([
    { field, message: expect.stringContaining('no range left') },
  ]);
});

test('six private zones: one part for the utility subnets, six of seven for the others', () => {
  const { subnets } = plan(6, 'private');
  expect(subnets[0]?.cidr).toBe('172.20.32.0/19');
  expect(subnets[5]?.cidr).toBe('172.20.192.0/19');
  expect(subnets[6]).toMatchObject({ name: 'utility-eu-central-1a', cidr: '172.20.0.0/22' });
});

test('a subnet with a range of its own keeps it, and the others get what is free beside it', () => {
  const cluster = aCluster({
    zones: zones(2),
    subnets: [
      { name: 'a', zone: 'eu-central-1a', type: 'Public', cidr: '172.20.0.0/20' },
      { name: 'b', zone: 'eu-central-1b', type: 'Public' },
    ],
  });
  expect(specOf(cluster).subnets.map(({ cidr }: { cidr: string }) => cidr)).toEqual([
    '172.20.0.0/20',
    '172.20.128.0/17',
  ]);
});

test('a subnet that exists needs no range', () => {
  const subnets = [{ name: 'a', zone: 'eu-central-1a', type: 'Public', id: 'subnet-1' } as const];
  const props = { networkID: 'vpc-1', networkCIDR: '10.0.0.0/16', subnets };
  expect(specOf(aCluster(props)).subnets).toEqual(subnets);
});

test('egress is that of the main subnets', () => {
  const spec = specOf(aCluster({ topology: 'private', egress: 'nat-1' }));
  expect(spec.subnets.map(({ egress }: { egress?: string }) => egress)).toEqual(['nat-1', undefined]);
});

test('planned subnets lie in the network and share no address, whatever the network', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom('public' as const, 'private' as const),
      fc.boolean(),
      fc.integer({ min: 8, max: 24 }),
      (count, topology, ipv6, bits) => {
        const networkCIDR = `10.0.0.0/${bits}`;
        const network = parseCidr(networkCIDR);
        const { subnets } = assignCidrs(
          planSubnets({ zones: zones(count), topology, ipv6, networkCIDR }),
          networkCIDR,
        );
        const ranges = subnets.map(({ cidr }) => parseCidr(cidr)).filter((range) => range !== undefined);
        return ranges.every(
          (range, index) =>
            network &&
            contains(network, range) &&
            !ranges.slice(0, index).some((other) => overlaps(other, range)),
        );
      },
    ),
  );
});

describe('ranges', () => {
  test.each(['10.0.0.0/8', '0.0.0.0/0', '10.0.0.1/32', '::/0', '2001:db8::/56'])('%s is one', (text) => {
    expect(parseCidr(text)).toBeDefined();
  });

  test.each([
    '',
    '10.0.0.0',
    '10/8',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '256.0.0.0/8',
    '0x0a.0.0.0/8',
    ' 10.0.0.0/8',
    '10.0.0.0/8 ',
    '::/129',
    'x',
    3,
    undefined,
  ])('fails: %p is none', (text) => expect(parseCidr(text)).toBeUndefined());

  test('cutting one up gives the whole of it, in order; too small a one gives nothing', () => {
    const parent = parseCidr('10.0.0.0/30');
    if (!parent) throw new Error('no range');
    expect(split(parent, 2).map(({ network }) => network.toString())).toEqual([
      '10.0.0.0',
      '10.0.0.1',
      '10.0.0.2',
      '10.0.0.3',
    ]);
    expect(split(parent, 3)).toEqual([]);
  });
});

describe('fails:', () => {
  const at = (cidr: string, name = 'a') => ({ name, zone: 'eu-central-1a', type: 'Public', cidr }) as const;

  test.each([
    [
      'a network that is no range',
      { networkCIDR: '10.0.0.0' },
      'spec.networkCIDR: "10.0.0.0" is no IPv4 range',
    ],
    ['a network that exists, without its range', { networkID: 'vpc-1' }, 'networkCIDR: is missing'],
    [
      'a network of IPv6',
      { networkCIDR: '2001:db8::/56' },
      'spec.networkCIDR: "2001:db8::/56" is no IPv4 range',
    ],
    ['a network too small', { networkCIDR: '10.0.0.0/32', topology: 'private' }, 'no range left'],
    [
      'a subnet that is no range',
      { subnets: [at('10.0.0/16')] },
      'spec.subnets[a].cidr: "10.0.0/16" is no range',
    ],
    [
      'a subnet outside of the network',
      { subnets: [at('10.0.0.0/24')] },
      "10.0.0.0/24 does not lie in the cluster's network 172.20.0.0/16",
    ],
    ['a subnet larger than the network', { subnets: [at('172.16.0.0/12')] }, 'does not lie in'],
    [
      'subnets that overlap',
      { subnets: [at('172.20.0.0/17'), at('172.20.1.0/24', 'b')] },
      '172.20.1.0/24 overlaps 172.20.0.0/17 of subnet "a"',
    ],
    ['a subnet twice', { subnets: [at('172.20.0.0/24'), at('172.20.1.0/24')] }, 'has the subnet "a" twice'],
    [
      'an additional network that is no range',
      { additionalNetworkCIDRs: ['10.1.0.0'] },
      'spec.additionalNetworkCIDRs[0]: "10.1.0.0" is no range',
    ],
    [
      'a network in the range of the pods',
      { networkCIDR: '100.64.0.0/16' },
      "100.64.0.0/10 overlaps the cluster's network 100.64.0.0/16",
    ],
  ] as const)('%s', (_what, props, message) => {
    expect(findingsOf(aCluster(props)).join('\n')).toContain(message);
  });

  test('a subnet smaller than AWS makes them is a warning', () => {
    const { findings } = aCluster({ networkCIDR: '10.0.0.0/29' }).manifest();
    expect(findings).toEqual([
      expect.objectContaining({ severity: 'warning', message: expect.stringContaining('from /16 to /28') }),
    ]);
  });
});

describe('subnets of the own choice say what the topology is', () => {
  const subnet = (type: 'Public' | 'Private') =>
    ({ name: type.toLowerCase(), zone: 'eu-central-1a', type, cidr: '172.20.0.0/20' }) as const;

  test('private ones', () => {
    const cluster = aCluster({ subnets: [subnet('Private')], bastion: true, sshAccess: ['10.0.0.0/8'] });
    expect(findingsOf(cluster)).toEqual([]);
  });

  test('both kinds together', () => {
    const other = { ...subnet('Public'), cidr: '172.20.16.0/20' };
    expect(findingsOf(aCluster({ subnets: [subnet('Private'), other] }))).toEqual([]);
  });

  test.each([
    ['private', 'Public'],
    ['public', 'Private'],
  ] as const)('fails: a %s topology with a %s subnet', (topology, type) => {
    expect(findingsOf(aCluster({ topology, subnets: [subnet(type)] })).join('\n')).toContain(
      `subnets[${type.toLowerCase()}].type: is ${type}, but the cluster's topology is '${topology}'`,
    );
  });
});
