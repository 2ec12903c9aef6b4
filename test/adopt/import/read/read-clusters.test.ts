import { formatReadProblem, type Input, readClusters } from '../../../../src/adopt/import/read/read-clusters';

const HEAD = 'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata:\n  name: c.example.com\n';
const CLUSTER = `${HEAD}spec: {}\n`;
const clusterOf = (name: string) => CLUSTER.replace('c.example.com', name);
const spec = (...lines: string[]) => `${HEAD}spec:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const group = (name: string, cluster = 'c.example.com') =>
  `apiVersion: kops.k8s.io/v1alpha2\nkind: InstanceGroup\nmetadata:\n  name: ${name}\n  labels:\n    kops.k8s.io/cluster: ${cluster}\nspec: {}\n`;
const KEY =
  'apiVersion: kops.k8s.io/v1alpha2\nkind: SSHCredential\nmetadata:\n  name: admin\nspec: {publicKey: ssh-rsa x}\n';
const addon = (kind: string, name: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: kube-system}\n`;
const listOf = (apiVersion: string, kind: string, ...items: string[]) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nitems:\n${items.map((item) => `-\n${item.replaceAll(/^(?=.)/gm, '  ')}`).join('')}`;
const all = (...documents: string[]) => documents.join('---\n');

/** Texts as the files `a.yaml`, `b.yaml`… */
function read(...texts: readonly string[]) {
  return readClusters(texts.map((text, index) => ({ file: `${'abc'[index]}.yaml`, text })));
}

/** What is wrong with texts. */
function wrong(...texts: readonly string[]): string[] {
  return read(...texts).problems.map(formatReadProblem);
}

/** The clusters of texts with which nothing is wrong: the names of their objects. */
function objects(...texts: readonly string[]): string[] {
  expect(wrong(...texts)).toEqual([]);
  return read(...texts).clusters.map(({ documents }) =>
    documents.map(({ document }) => `${document.kind} ${document.metadata.name}`).join(', '),
  );
}

/** The only cluster of a text. */
function only(text: string) {
  expect(wrong(text)).toEqual([]);
  const [cluster, other] = read(text).clusters;
  if (!cluster || other) throw new Error('expected one cluster');
  return { ...cluster, document: cluster.documents[0]?.document };
}

describe('reads', () => {
  test.each<[string, string[]]>([
    ['what kops prints', [`${CLUSTER}\n---\n\n${group('nodes')}`]],
    ['groups before their cluster', [all(group('nodes'), CLUSTER)]],
    ['several files', [group('nodes'), CLUSTER]],
    ['a separator at the start and the end', [`---\n${CLUSTER}---\n${group('nodes')}---`]],
    ['a separator and nothing behind it', [`${CLUSTER}---\n${group('nodes')}---\n\n`]],
    ['separators without anything between', [all(CLUSTER, '\n', '# a comment\n', group('nodes'))]],
    ['a remark behind the first separator', [`--- # Source: x\n${CLUSTER}---\n${group('nodes')}`]],
    ['ends of documents', [`${CLUSTER}...\n---\n${group('nodes')}...\n`]],
    ['CRLF', [all(CLUSTER, group('nodes')).replaceAll('\n', '\r\n')]],
    ['a byte order mark', [`\uFEFF${CLUSTER}---\n\uFEFF${group('nodes')}`]],
    [
      'a bare list',
      [`- ${CLUSTER.trim().replaceAll('\n', '\n  ')}\n- ${group('nodes').trim().replaceAll('\n', '\n  ')}\n`],
    ],
  ])('%s', (_, texts) => {
    expect(objects(...texts)).toEqual(['Cluster c.example.com, InstanceGroup nodes']);
  });

  test('JSON, as kops prints one and several', () => {
    const cluster = {
      apiVersion: 'kops.k8s.io/v1alpha2',
      kind: 'Cluster',
      metadata: { name: 'c.k8s.local' },
    };
    const withSpec = { ...cluster, spec: { a: '🚀', b: [1, true, null] } };
    for (const value of [withSpec, [withSpec], { apiVersion: 'v1', kind: 'List', items: [withSpec] }]) {
      for (const indent of [undefined, 2, '\t']) {
        const { document } = only(JSON.stringify(value, null, indent));
        expect(document?.spec).toEqual({ a: '🚀', b: [1, true, null] });
      }
    }
  });

  test('many clusters, in the order of their Cluster objects', () => {
    const text = all(
      clusterOf('b.example.com'),
      group('nodes', 'a.example.com'),
      clusterOf('a.example.com'),
      KEY.replace('spec', '  labels: {kops.k8s.io/cluster: b.example.com}\nspec'),
    );
    expect(objects(text, group('nodes', 'b.example.com'))).toEqual([
      'Cluster b.example.com, InstanceGroup nodes, SSHCredential admin',
      'Cluster a.example.com, InstanceGroup nodes',
    ]);
    expect(read(text, group('nodes', 'b.example.com')).clusters.map(({ files }) => files)).toEqual([
      ['a.yaml', 'b.yaml'],
      ['a.yaml'],
    ]);
  });

  test('values as kOps does', () => {
    const lines = [
      'a: on',
      'b: 010',
      'c: 12:30',
      'd: 2026-11-22',
      'e: !!str 1',
      "f: 'no'",
      'g: 1e400',
      '100: h',
      'i: |-',
      '  x',
    ];
    expect(only(spec(...lines)).document?.spec).toEqual({
      a: true,
      b: 8,
      c: '12:30',
      d: '2026-11-22',
      e: '1',
      f: 'no',
      g: '1e400',
      '100': 'h',
      i: 'x',
    });
  });

  test('anchors, aliases and merges as kOps does', () => {
    const lines = [
      'x: &x {a: 1, b: [1]}',
      'y: &z {a: 2, c: 3}',
      'q: *x',
      'one: {<<: *x, a: 5}',
      'two: {a: 5, <<: *x}',
      'three: {<<: [*x, *z]}',
    ];
    expect(only(spec(...lines.map((line) => line.replace(/^y/, '"y"')))).document?.spec).toEqual({
      x: { a: 1, b: [1] },
      y: { a: 2, c: 3 },
      q: { a: 1, b: [1] },
      one: { a: 5, b: [1] },
      two: { a: 1, b: [1] },
      three: { a: 1, b: [1], c: 3 },
    });
  });

  test('a key called __proto__ as any other', () => {
    const { document } = only(spec('nodeLabels: {__proto__: x}', 'm: {<<: {__proto__: {a: 1}}}'));
    expect(JSON.stringify(document?.spec)).toBe('{"nodeLabels":{"__proto__":"x"},"m":{"__proto__":{"a":1}}}');
  });
});

describe('makes the document that kOps would see', () => {
  test('without what only the server knows, and says so once', () => {
    const meta = (name: string) =>
      `  name: ${name}\n  creationTimestamp: "2026-01-01T00:00:00Z"\n  generation: 3\n  uid: x\n  namespace: y\n  lables: {}\n`;
    const text = all(
      `${CLUSTER.replace('  name: c.example.com\n', meta('c.example.com'))}status: {}\n`,
      group('nodes').replace('  name: nodes\n', meta('nodes')),
    );
    const { documents, notes } = only(text);
    expect(documents.map(({ document }) => document)).toEqual([
      { apiVersion: 'kops.k8s.io/v1alpha2', kind: 'Cluster', metadata: { name: 'c.example.com' }, spec: {} },
      {
        apiVersion: 'kops.k8s.io/v1alpha2',
        kind: 'InstanceGroup',
        metadata: { name: 'nodes', labels: { 'kops.k8s.io/cluster': 'c.example.com' } },
        spec: {},
      },
    ]);
    expect(notes).toEqual([
      'left out status of Cluster c.example.com: only a Kubernetes API server sets it',
      'left out metadata.creationTimestamp of 2 objects: kOps sets it',
      'left out metadata.generation of 2 objects: kOps sets it',
      'left out metadata.uid of 2 objects: only a Kubernetes API server sets it',
      'left out metadata.namespace of 2 objects: kOps makes no use of it',
      'left out metadata.lables of 2 objects: kOps reads no such field',
    ]);
  });

  test("without kubectl's copy, other annotations stay", () => {
    const copy = '    kubectl.kubernetes.io/last-applied-configuration: "{}"\n';
    const withThem = (...lines: string[]) =>
      only(CLUSTER.replace('spec', `  annotations:\n${lines.join('')}spec`)).document?.metadata;
    expect(withThem(copy)).toEqual({ name: 'c.example.com' });
    expect(withThem(copy, '    a: b\n')).toEqual({ name: 'c.example.com', annotations: { a: 'b' } });
  });

  test('without null members, but with empty text in maps of text', () => {
    const { document, notes } = only(
      spec('channel: null', 'cloudLabels: {a: null, b: x}', 'subnets: [{name: ~, zone: z}, null]'),
    );
    expect(document?.spec).toEqual({ cloudLabels: { a: '', b: 'x' }, subnets: [{ zone: 'z' }, null] });
    expect(notes).toEqual([
      'wrote spec.cloudLabels[a] of Cluster c.example.com as "": there kOps takes null for the empty text',
      'left out what is null, which kOps takes for not set: spec.channel of Cluster c.example.com, spec.subnets[0].name of Cluster c.example.com',
    ]);
  });

  test('with the API group, the role and the label that kOps has today', () => {
    const { documents, notes } = only(
      all(
        CLUSTER,
        group('one').replace('kops.k8s.io/v', 'kops/v').replace('{}', '{role: ControlPlane}'),
        KEY,
      ),
    );
    const [, one, key] = documents.map(({ document }) => document);
    expect(one).toMatchObject({ apiVersion: 'kops.k8s.io/v1alpha2', spec: { role: 'Master' } });
    expect(key?.metadata.labels).toEqual({ 'kops.k8s.io/cluster': 'c.example.com' });
    expect(notes).toEqual([
      'wrote apiVersion of InstanceGroup one as kops.k8s.io/v1alpha2, not kops/v1alpha2: kOps has renamed the API group',
      'wrote spec.role of InstanceGroup one as Master, not ControlPlane: v1alpha2 has this name for control planes, kOps writes it, too',
      'wrote metadata.labels[kops.k8s.io/cluster] of SSHCredential admin as c.example.com: kOps needs it',
    ]);
  });

  test('with wrong types as they are, for others to judge', () => {
    expect(only(spec('subnets: 3', 'channel: [1]')).document?.spec).toEqual({ subnets: 3, channel: [1] });
  });

  test('and an object without a spec has an empty one', () => {
    expect(only(HEAD).document?.spec).toEqual({});
  });
});

describe('what stands beside clusters', () => {
  test('is kept as it stands, comments included, with the cluster before it', () => {
    const map =
      '# Users.\napiVersion: v1\nkind: ConfigMap # c\nmetadata: {name: aws-auth, namespace: kube-system}\ndata:\n  1: |\n    x\n';
    const { clusters, problems } = read(
      all(
        clusterOf('a.example.com'),
        clusterOf('b.example.com'),
        map,
        addon('Deployment', 'd'),
        group('nodes', 'a.example.com'),
      ),
    );
    expect(problems).toEqual([]);
    expect(clusters.map(({ addons }) => addons)).toEqual([
      { text: '', names: [] },
      {
        text: `${map}---\n${addon('Deployment', 'd')}`,
        names: ['ConfigMap kube-system/aws-auth', 'Deployment kube-system/d'],
      },
    ]);
  });

  test('goes to the only cluster where it comes first', () => {
    expect(only(all(addon('ConfigMap', 'x'), CLUSTER)).addons.names).toEqual(['ConfigMap kube-system/x']);
  });

  test('in a list is moved to the margin, with what its aliases stand for', () => {
    const items = [
      CLUSTER,
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a: &a |\n    1\n     2\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: z}\ndata: {a: *a}\n',
    ];
    const text = `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `- ${item.trim().replaceAll('\n', '\n  ')}\n`).join('')}`;
    expect(only(text).addons.text).toBe(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a: &a |\n    1\n     2\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: z\ndata:\n  a: |\n    1\n     2\n',
    );
  });

  test('is left out where it is secret, and so are keys', () => {
    const keyset =
      'apiVersion: kops.k8s.io/v1alpha2\nkind: Keyset\nmetadata: {name: ca}\nspec: {keys: [{privateMaterial: c2VjcmV0}]}\n';
    const { addons, notes, documents } = only(
      all(CLUSTER, keyset, addon('Secret', 's'), addon('SealedSecret', 't')),
    );
    expect(documents).toHaveLength(1);
    expect(addons.names).toEqual(['SealedSecret kube-system/t']);
    expect(notes).toEqual([
      'left out Keyset ca: keys stay in the state store',
      'left out Secret kube-system/s: nothing secret goes into a repository; it stays where it is',
    ]);
  });

  test.each<[string, string, string]>([
    [
      'a list in a list',
      listOf('v1', 'List', CLUSTER, listOf('v1', 'List', addon('Secret', 's'), addon('ConfigMap', 'x'))),
      'left out Secret kube-system/s:',
    ],
    [
      'a list of a list of a list',
      all(CLUSTER, listOf('v1', 'List', listOf('v1', 'List', listOf('v1', 'List', addon('Secret', 's'))))),
      'left out Secret kube-system/s:',
    ],
    [
      'a list of another kind',
      all(CLUSTER, listOf('example.com/v1', 'ThingList', addon('ConfigMap', 'x'), addon('Secret', 's'))),
      'left out ThingList (without a name), which has something secret in it:',
    ],
    [
      'a list in a list of another kind',
      all(
        CLUSTER,
        listOf('v1', 'ThingList', listOf('v1', 'ThingList', 'kind: Secret\ndata: {a: c2VjcmV0}\n')),
      ),
      'left out ThingList (without a name), which has something secret in it:',
    ],
    [
      'a part of another object',
      all(
        CLUSTER,
        `${addon('Template', 't')}objects: [{apiVersion: v1, kind: Secret, data: {a: c2VjcmV0}}]\n`,
      ),
      'left out Template kube-system/t, which has something secret in it:',
    ],
    [
      'an object that cannot be read',
      all(CLUSTER, `${addon('ThingList', 't')}items: [{2: 1, 2: 2, kind: !x Secret}]\n`),
      'left out ThingList kube-system/t, which has something secret in it:',
    ],
    [
      'a kind that stands twice, and one by an alias',
      all(CLUSTER, `x: &k Secret\napiVersion: v1\nkind: ConfigMap\nkind: *k\ndata: {a: c2VjcmV0}\n`),
      'left out ConfigMap (without a name), which has something secret in it:',
    ],
  ])('has nothing secret in it, in %s', (_, text, note) => {
    const { addons, notes, hasLeftOut } = only(text);
    expect(addons.text).not.toMatch(/Secret|c2VjcmV0/);
    expect(notes).toEqual([expect.stringContaining(note)]);
    expect(hasLeftOut).toBe(true);
  });

  test('may refer to what is secret', () => {
    const text = `${addon('Thing', 't')}spec: {ref: {apiVersion: v1, kind: Secret, name: x}}\n`;
    const { addons, hasLeftOut } = only(all(CLUSTER, text));
    expect(addons.names).toEqual(['Thing kube-system/t']);
    expect(hasLeftOut).toBe(false);
  });

  test('is taken out of lists in lists, with its comments and places', () => {
    const inner = listOf('v1', 'List', `# About it.\n${spec('a: 1 # one')}`, addon('ConfigMap', 'x'));
    const text = listOf('v1', 'List', inner, group('nodes'));
    const { documents, addons } = only(text);
    expect(documents.map(({ document }) => document.kind)).toEqual(['Cluster', 'InstanceGroup']);
    expect(documents.map(({ comments }) => comments)).toEqual([
      [
        { path: [], text: 'About it.', place: 'before' },
        { path: ['spec', 'a'], text: 'one', place: 'beside' },
      ],
      [],
    ]);
    expect(documents[0]?.place('spec.a')).toEqual({ file: 'a.yaml', line: 15, column: 7 });
    expect(addons.text).toBe(addon('ConfigMap', 'x'));
  });

  test('is written out where an alias stands for the list around it', () => {
    const text = all(
      CLUSTER,
      'apiVersion: v1\nkind: List\nx: &x {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: ConfigMap}]}\nitems: [*x]\n',
    );
    expect(only(text).addons.text).toBe('apiVersion: v1\nkind: ConfigMap\n');
  });

  test('may have what objects of kOps may not', () => {
    expect(
      only(all(CLUSTER, `${addon('ConfigMap', 'x')}data: {a: !foo 1, 2: y, 2: z}\n`)).addons.names,
    ).toHaveLength(1);
  });
});

describe('knows which clusters have objects that were left out', () => {
  const keyset = 'apiVersion: kops.k8s.io/v1alpha2\nkind: Keyset\nmetadata: {name: ca}\n';
  const labelled = keyset.replace('ca', 'ca, labels: {kops.k8s.io/cluster: b.example.com}');
  const [a, b] = [clusterOf('a.example.com'), clusterOf('b.example.com')];

  test.each<[string, string[], string[]]>([
    ['none', [all(`${a}status: {}\n`, b, addon('ConfigMap', 'x'))], []],
    ['a Keyset', [all(a, keyset), b], ['a.example.com']],
    ['a Host', [a, all(b, keyset.replace('Keyset', 'Host'))], ['b.example.com']],
    ['a Secret', [a, all(addon('Secret', 's'), b)], ['b.example.com']],
    ['a file of two', [all(a, keyset, b), clusterOf('c.example.com')], ['a.example.com', 'b.example.com']],
    ['a file of none, which says whose', [labelled, a, b], ['b.example.com']],
    ['a file of none', [a, keyset, b], ['a.example.com', 'b.example.com']],
    ['an addon of a file of none', [a, all(labelled, addon('ConfigMap', 'x'))], ['a.example.com']],
  ])('%s', (_, texts, expected) => {
    expect(wrong(...texts)).toEqual([]);
    const { clusters } = read(...texts);
    expect(clusters.filter(({ hasLeftOut }) => hasLeftOut).map(({ name }) => name)).toEqual(expected);
  });

  test('and says what is in no cluster', () => {
    const { notes, clusters } = read(all(labelled, addon('ConfigMap', 'x')), a);
    expect(notes).toEqual([
      'a.yaml: left out Keyset ca: keys stay in the state store',
      'a.yaml: left out ConfigMap kube-system/x: nothing says which of the clusters it belongs to',
    ]);
    expect(clusters.map(({ addons }) => addons.names)).toEqual([[]]);
  });
});

describe('says with line and column', () => {
  test.each<[string, string[], string[]]>([
    [
      'no YAML',
      ['a: [1\n'],
      [
        'a.yaml:2:1 is no YAML that kOps reads: Flow sequence in block collection must be sufficiently indented and end with a ]',
      ],
    ],
    [
      'tabs',
      [spec('\ta: 1')],
      ['a.yaml:6:3 is no YAML that kOps reads: Tabs are not allowed as indentation'],
    ],
    [
      'NUL',
      [spec('a: 1', 'b: "x\0"')],
      [
        'a.yaml:7:8 the control character U+0000 stands here, which kOps does not read: take it out, or write it as "\\u0000" in double quotes',
      ],
    ],
    [
      'broken UTF-8',
      [spec('🚀: \uFFFD')],
      ['a.yaml:6:6 is not UTF-8 here (or has the character U+FFFD): save the file as UTF-8'],
    ],
    ['half a character', [spec('a: \uD83D')], ['a.yaml:6:6 is not UTF-8 here: half of a character (U+D83D)']],
    [
      'a lone carriage return',
      [spec('a: 1\rb: 2')],
      ['a.yaml:6:7 a carriage return stands alone here (U+000D): end lines with a line feed, or with both'],
    ],
    [
      'a directive',
      [`%YAML 1.2\n---\n${CLUSTER}---\n%TAG\n`],
      ['a.yaml:1:1 kOps reads YAML 1.1', 'a.yaml:9:1 kOps reads YAML 1.1'],
    ],
    [
      'a separator that is none',
      [`${CLUSTER}--- # x\n${group('nodes')}`],
      ['a.yaml:6:1 kOps takes only the line "---" alone'],
    ],
    [
      'an end that is no separator',
      [`${CLUSTER}...\n${group('nodes')}`],
      ['a.yaml:7:1 kOps drops what stands here'],
    ],
    [
      'a key twice',
      [spec('a: 1', 'b: 2', 'a: 3')],
      ['a.yaml:8:3 has the key "a" twice: kOps takes the last one, take one of them out'],
    ],
    [
      'keys that are no text',
      [spec('on: 1', '010: 1', '? [a]', ': 1')],
      [
        'a.yaml:6:3 a key must be text, got "on": put it in quotes',
        'a.yaml:7:3 a key must be text, got "010"',
        'a.yaml:8:5 a key must be text, got a list, a map or an alias',
      ],
    ],
    [
      'tags',
      [spec('a: !ref x', 'b: !!int x')],
      [
        'a.yaml:6:11 kOps\'s manifests have no tags, got "!ref": take it out',
        'a.yaml:7:12 "x" is not what its tag !!int says',
      ],
    ],
    [
      'numbers that would not stay',
      [spec('a: 12345678901234567890')],
      ['a.yaml:6:6 the number 12345678901234567890 cannot be kept as it is'],
    ],
    [
      'what is wrong behind an alias, once',
      [spec('a: &x {b: 12345678901234567890, c: !y 1}', 'd: *x', 'e: [*x]')],
      ['a.yaml:6:13 the number 12345678901234567890', "a.yaml:6:41 kOps's manifests have no tags"],
    ],
    ['an alias of nothing', [spec('a: *x')], ['a.yaml:6:6 no anchor &x stands before the alias *x']],
    [
      'a merge of no map',
      [spec('a: {<<: 1}')],
      ['a.yaml:6:7 "<<" takes a map or a list of maps, got the number 1'],
    ],
    [
      'other versions, each',
      [
        all(
          CLUSTER.replace('v1alpha2', 'v1alpha1'),
          group('nodes').replace('v1alpha2', 'v1alpha3'),
          group('more'),
        ),
      ],
      [
        'a.yaml:1:1 apiVersion: expected kops.k8s.io/v1alpha2, got "kops.k8s.io/v1alpha1": "kops get all --name c.example.com -o yaml" prints the cluster so',
        'a.yaml:7:1 apiVersion: expected kops.k8s.io/v1alpha2, got "kops.k8s.io/v1alpha3": "kops get all --name c.example.com',
      ],
    ],
    [
      'no version',
      [all(CLUSTER, 'kind: InstanceGroup\n')],
      ['a.yaml:7:1 apiVersion is missing: write "apiVersion: kops.k8s.io/v1alpha2"'],
    ],
    [
      'another kind',
      [all(CLUSTER, group('a').replace('InstanceGroup', 'InstanceGroups'))],
      [
        'a.yaml:8:1 kind: expected Cluster, InstanceGroup, SSHCredential, got "InstanceGroups"; did you mean InstanceGroup?',
      ],
    ],
    ['no object', [all(CLUSTER, 'text\n')], ['a.yaml:7:1 is no object: expected what "kops get all']],
    [
      'nothing of kOps',
      ['a: 1\n', '', addon('ConfigMap', 'x')],
      [
        'a.yaml:1:1 holds no objects of kOps: expected what "kops get all --name CLUSTER -o yaml" prints',
        'b.yaml:1:1 holds no',
        'c.yaml:1:1 holds no',
      ],
    ],
    [
      'no name',
      [CLUSTER.replace('name', 'nam')],
      ['a.yaml:3:1 metadata.name: expected the name of the object, got nothing'],
    ],
    [
      'names of clusters that are none',
      ['../x', 'a/b', '""', '..', 'A.example.com', 'a'.repeat(254), '"x\\0"'].map(clusterOf),
      ['"../x"', '"a/b"', '""', '".."', '"A.example.com"', '"aaa', '"x\\u0000"'].map(
        (name, index) => `${'abcdefg'[index]}.yaml:4:3 metadata.name: ${name}`,
      ),
    ],
    [
      'names of groups that are none',
      [all(CLUSTER, group('a/b'), group('..'), group('12'))],
      [
        'a.yaml:10:3 metadata.name: "a/b" is no name',
        'a.yaml:18:3 metadata.name: ".." is no name',
        'a.yaml:26:3 metadata.name: expected a name, text, got the number 12: put it in quotes',
      ],
    ],
    ['a spec that is no map', [CLUSTER.replace('{}', '[]')], ['a.yaml:5:1 spec: expected a map, got a list']],
    [
      'labels that are no text',
      [all(CLUSTER, group('a', '3'))],
      ['a.yaml:12:5 metadata.labels[kops.k8s.io/cluster]: expected text, got the number 3: put it in quotes'],
    ],
    [
      'a group without a cluster',
      [all(CLUSTER, group('a').replace(/ {2}labels:\n.*\n/, ''))],
      [
        'a.yaml:9:1 the InstanceGroup a does not say which cluster it belongs to: add "kops.k8s.io/cluster: c.example.com" to metadata.labels',
      ],
    ],
    [
      'a key without a cluster among two',
      [all(CLUSTER, clusterOf('d.example.com'), KEY)],
      [
        'a.yaml:15:1 the SSHCredential admin does not say which cluster it belongs to: add "kops.k8s.io/cluster: NAME"',
      ],
    ],
    [
      'groups of another cluster',
      [all(CLUSTER, group('a', 'x.example.com'), group('b', 'x.example.com'))],
      [
        'a.yaml:7:1 InstanceGroup a, InstanceGroup b belong to the cluster x.example.com, which is not among what was read (c.example.com): name the file with its Cluster object, too',
      ],
    ],
    [
      'what is there twice, equal or not',
      [all(CLUSTER, group('a'), group('a')), CLUSTER.replace('{}', '{a: 1}')],
      [
        'a.yaml:15:1 the InstanceGroup a of cluster c.example.com is there twice, first in a.yaml:7:1: take one of them out',
        'b.yaml:1:1 the Cluster c.example.com is there twice, first in a.yaml:1:1: take one of them out',
      ],
    ],
  ])('%s', (_, texts, expected) => {
    const inputs: Input[] = texts.map((text, index) => ({ file: `${'abcdefg'[index]}.yaml`, text }));
    const found = readClusters(inputs).problems.map(formatReadProblem);
    expect(found.map((message, index) => message.slice(0, expected[index]?.length))).toEqual(expected);
  });

  test('what is wrong in several documents, each once', () => {
    const text = all(spec('a: 1', 'a: 2'), 'a: [\n', group('b/c'), group('d'));
    expect(wrong(text).map((message) => message.split(' ')[0])).toEqual([
      'a.yaml:7:3',
      'a.yaml:9:5',
      'a.yaml:14:3',
    ]);
  });

  test('no group of a cluster that is there and wrong', () => {
    expect(wrong(all(spec('a: 1', 'a: 2'), group('nodes')))).toHaveLength(1);
  });

  test('columns in characters', () => {
    expect(wrong(spec('"🚀é": !x 1'))[0]).toMatch(/^a\.yaml:6:12 /);
  });
});

test('files of folders need not hold anything of kOps', () => {
  const { problems, notes } = readClusters([
    { file: 'a.yaml', text: CLUSTER },
    { file: 'b.yaml', text: 'a: {{ template }}\n\t- [', isFound: true },
    { file: 'c.yaml', text: addon('ConfigMap', 'x'), isFound: true },
    { file: 'd.yaml', text: 'a: |\n  apiVersion: kops.k8s.io/v1alpha2\n', isFound: true },
    { file: 'e.yaml', text: '', leftAlone: 'written by cdkops' },
  ]);
  expect(problems).toEqual([]);
  expect(notes).toEqual([
    'b.yaml, c.yaml, d.yaml: no kOps objects, left alone',
    'e.yaml: written by cdkops, left alone',
  ]);
  const broken = readClusters([{ file: 'f.yaml', text: `${CLUSTER}a: [`, isFound: true }]);
  expect(broken.problems).toHaveLength(1);
});

test('knows the places of fields', () => {
  const text = all(
    '# x\n',
    spec('subnets:', '- name: a', '  cidr: 1', '- {name: b, cidr: 2}'),
    group('nodes'),
  );
  const [cluster, nodes] = only(text).documents;
  const at = (field?: string) => {
    const { file, line, column } = cluster?.place(field) ?? {};
    return `${file}:${line}:${column}`;
  };
  expect([at(), at('spec.subnets[b].cidr'), at('spec.subnets[a].zone'), at('spec.nothing')]).toEqual([
    'a.yaml:3:1',
    'a.yaml:11:15',
    'a.yaml:9:5',
    'a.yaml:7:1',
  ]);
  expect(nodes?.place('metadata.labels[kops.k8s.io/cluster]')).toEqual({
    file: 'a.yaml',
    line: 18,
    column: 5,
  });
  const list = only(
    `[${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap' })},\n${JSON.stringify({ apiVersion: 'kops.k8s.io/v1alpha2', kind: 'Cluster', metadata: { name: 'c.example.com' }, spec: { a: 1 } })}]`,
  );
  expect(list.documents[0]?.place('spec.a')).toEqual({ file: 'a.yaml', line: 2, column: 99 });
});
