import { changes, cluster, compare, document, yamlChanges } from './support';

describe('the same', () => {
  test.each<[string, object, object]>([
    ['keys in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['null and nothing', { a: null, b: 1 }, { b: 1 }],
    ['null deep in a list', { a: [{ b: null, c: 1 }, 2] }, { a: [{ c: 1 }, 2] }],
  ])('%s', (_, before, after) => {
    expect(changes(before, after)).toEqual([]);
    expect(changes(after, before)).toEqual([]);
  });

  test('what the server writes, and status', () => {
    const before = { ...cluster({}, { creationTimestamp: '2026-01-01T00:00:00Z', generation: 3 }) };
    const after = { ...cluster({}), data: { ...cluster({}).data, status: { ready: true } } };
    expect(compare([before], [after])).toBeUndefined();
  });

  test('documents in another order', () => {
    const [a, b] = [document('InstanceGroup', 'a', {}), document('InstanceGroup', 'b', {})];
    expect(compare([cluster({}), a, b], [b, a, cluster({})])).toBeUndefined();
  });

  test('YAML written in another way', () => {
    expect(yamlChanges("a: 'x'\nb: [1, 2]\nc: no # really", 'c: false\nb:\n- 1\n- 2\na: "x"')).toEqual([]);
  });
});

test('items that YAML’s aliases repeat have a place each', () => {
  const one = { x: 1, z: 1 };
  const two = [
    { x: 2, z: 1 },
    { x: 3, z: 1 },
  ];
  expect(changes({ a: [one, one] }, { a: two })).toEqual([
    { field: 'a[0].x', from: 1, to: 2 },
    { field: 'a[1].x', from: 1, to: 3 },
  ]);
  const more = changes({ a: [{ y: 1 }] }, { a: [one, one, { y: 1 }] });
  expect(more.map(({ field }) => field)).toEqual(['a[0].x', 'a[0].z', 'a[1].x', 'a[1].z']);
});

describe('fields', () => {
  test.each<[string, object, object, object[]]>([
    ['another value', { maxSize: 1 }, { maxSize: 3 }, [{ field: 'maxSize', from: 1, to: 3 }]],
    ['another type', { x: 1 }, { x: '1' }, [{ field: 'x', from: 1, to: '1' }]],
    ['one that came', {}, { a: { b: true } }, [{ field: 'a.b', to: true }]],
    ['one that went', { a: { b: false } }, {}, [{ field: 'a.b', from: false }]],
    [
      'one that is empty now',
      {},
      { a: {}, b: [] },
      [
        { field: 'a', to: {} },
        { field: 'b', to: [] },
      ],
    ],
    ['a map where a value was', { a: 1 }, { a: { b: 1 } }, [{ field: 'a', from: 1, to: { b: 1 } }]],
    [
      'keys that are no words',
      { labels: { 'a.io/b': 'x' } },
      { labels: { 'a.io/b': 'y' } },
      [{ field: 'labels[a.io/b]', from: 'x', to: 'y' }],
    ],
    [
      'keys of every object',
      {},
      JSON.parse('{"a": {"__proto__": 1, "constructor": 2}}'),
      [
        { field: 'a.__proto__', to: 1 },
        { field: 'a.constructor', to: 2 },
      ],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  test('a type that YAML 1.1 has and kOps not', () => {
    expect(yamlChanges('a: 2026-11-22\nb: 12:30:45', 'a: 2026-11-23\nb: 12:30:46')).toEqual([
      { field: 'spec.a', from: '2026-11-22', to: '2026-11-23' },
      { field: 'spec.b', from: '12:30:45', to: '12:30:46' },
    ]);
  });
});

describe('lists', () => {
  const subnet = (name: string, cidr: string) => ({ name, cidr });

  test.each<[string, unknown, unknown, object[]]>([
    [
      'with names: matched by these',
      [subnet('a', '1'), subnet('b', '2')],
      [subnet('c', '0'), subnet('a', '1'), subnet('b', '3')],
      [
        { field: 'l[b].cidr', from: '2', to: '3' },
        { field: 'l[c].cidr', to: '0' },
      ],
    ],
    [
      'with names: one went',
      [subnet('a', '1'), subnet('b', '2')],
      [subnet('b', '2')],
      [{ field: 'l[a].cidr', from: '1' }],
    ],
    [
      'with names: nothing but a name',
      [{ name: 'a' }],
      [{ name: 'a' }, { name: 'b' }],
      [{ field: 'l[b]', to: {} }],
    ],
    [
      'with names: in another order',
      [subnet('a', '1'), subnet('b', '2')],
      [subnet('b', '2'), subnet('a', '1')],
      [{ field: 'l', from: ['a', 'b'], to: ['b', 'a'] }],
    ],
    [
      'with a name twice: no names',
      [subnet('a', '1'), subnet('a', '2')],
      [subnet('a', '1'), subnet('a', '3')],
      [{ field: 'l[1].cidr', from: '2', to: '3' }],
    ],
    [
      'of lists in a named item',
      [{ name: 'main', etcdMembers: [{ name: 'a', v: 1 }] }],
      [{ name: 'main', etcdMembers: [{ name: 'a', v: 2 }] }],
      [{ field: 'l[main].etcdMembers[a].v', from: 1, to: 2 }],
    ],
    [
      'of values: what came and what went',
      ['a', 'b', 'c'],
      ['a', 'd', 'c'],
      [
        { field: 'l[]', from: 'b' },
        { field: 'l[]', to: 'd' },
      ],
    ],
    [
      'of values: in another order',
      ['a', 'b'],
      ['b', 'a'],
      [{ field: 'l', from: ['a', 'b'], to: ['b', 'a'] }],
    ],
    ['of values: once more', ['a'], ['a', 'a'], [{ field: 'l[]', to: 'a' }]],
    [
      'without names: what is the same is left out',
      [{ v: 1 }, { v: 2 }, { v: 3 }],
      [{ v: 1 }, { v: 9 }, { v: 3 }],
      [{ field: 'l[1].v', from: 2, to: 9 }],
    ],
    [
      'without names: one in front',
      [{ v: 1 }, { v: 2 }],
      [{ v: 0 }, { v: 1 }, { v: 2 }],
      [{ field: 'l[0].v', to: 0 }],
    ],
    [
      'of names of scripts: what came and what went',
      ['a.script'],
      ['b.script'],
      [
        { field: 'l[]', from: 'a.script' },
        { field: 'l[]', to: 'b.script' },
      ],
    ],
    ['that are empty now', ['a'], [], [{ field: 'l[]', from: 'a' }]],
  ])('%s', (_, before, after, expected) => {
    expect(changes({ l: before }, { l: after })).toEqual(expected);
  });
});

describe('commands have their places', () => {
  test.each<[string, string[], string[], object[]]>([
    ['another one', ['a', 'b', 'c'], ['a', 'x', 'c'], [{ field: 'script[1]', from: 'b', to: 'x' }]],
    ['one that came', ['a', 'c'], ['a', 'b', 'c'], [{ field: 'script[1]', to: 'b' }]],
    ['one that went', ['a', 'b', 'c'], ['a', 'c'], [{ field: 'script[1]', from: 'b' }]],
    [
      'one for two',
      ['a', 'b', 'c'],
      ['x', 'c'],
      [
        { field: 'script[0]', from: 'a' },
        { field: 'script[1]', from: 'b' },
        { field: 'script[0]', to: 'x' },
      ],
    ],
    [
      'places after what came and went',
      ['a', 'b', 'c', 'd'],
      ['x', 'a', 'b', 'd', 'y'],
      [
        { field: 'script[0]', to: 'x' },
        { field: 'script[2]', from: 'c' },
        { field: 'script[4]', to: 'y' },
      ],
    ],
    [
      'another order',
      ['a', 'b'],
      ['b', 'a'],
      [
        { field: 'script[0]', from: 'a' },
        { field: 'script[1]', to: 'a' },
      ],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changes({ script: before }, { script: after })).toEqual(expected);
    for (const list of ['before_script', 'exec.command']) {
      const moved = JSON.parse(JSON.stringify(expected).replaceAll('script[', `${list}[`));
      const within = (value: string[]) =>
        list.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;
      expect(changes(within(before), within(after))).toEqual(moved);
    }
  });
});

describe('objects', () => {
  const group = (name: string, maxSize: number) => document('InstanceGroup', name, { maxSize });

  test('are matched by kind and name, the cluster first', () => {
    const before = [group('nodes', 1), group('old', 1), cluster({ a: 1 })];
    const after = [group('new', 2), group('nodes', 3), cluster({ a: 2 })];
    expect(compare(before, after)).toEqual({
      cluster: 'dev.k8s.local',
      fate: 'changed',
      objects: [
        {
          kind: 'Cluster',
          name: 'dev.k8s.local',
          fate: 'changed',
          changes: [{ field: 'spec.a', from: 1, to: 2 }],
        },
        { kind: 'InstanceGroup', name: 'new', fate: 'added', changes: [{ field: 'spec.maxSize', to: 2 }] },
        {
          kind: 'InstanceGroup',
          name: 'nodes',
          fate: 'changed',
          changes: [{ field: 'spec.maxSize', from: 1, to: 3 }],
        },
        {
          kind: 'InstanceGroup',
          name: 'old',
          fate: 'removed',
          changes: [{ field: 'spec.maxSize', from: 1 }],
        },
      ],
    });
  });

  test('of a group that came the spec is told, not what every group has', () => {
    const metadata = { name: 'a', labels: { 'kops.k8s.io/cluster': 'dev.k8s.local' } };
    const data = {
      apiVersion: 'kops.k8s.io/v1alpha2',
      kind: 'InstanceGroup',
      metadata,
      spec: { role: 'Node' },
    };
    const came = { kind: 'InstanceGroup', name: 'a', data };
    expect(compare([cluster({})], [cluster({}), came])?.objects[0]?.changes).toEqual([
      { field: 'spec.role', to: 'Node' },
    ]);
  });

  test('labels count', () => {
    const labelled = document('InstanceGroup', 'a', {}, { labels: { x: 'y' } });
    expect(compare([document('InstanceGroup', 'a', {})], [labelled])?.objects[0]?.changes).toEqual([
      { field: 'metadata.labels.x', to: 'y' },
    ]);
  });

  test.each([
    ['added', undefined, [cluster({})]],
    ['removed', [cluster({})], undefined],
  ] as const)('a cluster is %s', (fate, before, after) => {
    expect(compare(before, after)).toMatchObject({ fate, objects: [{ kind: 'Cluster', fate }] });
  });

  test('a cluster that is nowhere does not differ', () => {
    expect(compare(undefined, undefined)).toBeUndefined();
  });
});
