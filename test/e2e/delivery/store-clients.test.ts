import * as fs from 'node:fs';
import * as path from 'node:path';
import { busyboxFolder } from '../support/busybox';
import { provided } from '../support/provided';
import { ScriptFunctions } from '../support/script-functions';
import { emptyStateStore } from '../support/state-store';
import { writeStoreClients } from '../support/store-clients';

// One set of functions over the clients of all stores: the same must come out of each.

/** Names that a shell, a URL or a client could take for something else. */
const ODD = ['a b', "it's", '$(touch owned)', '`id`', 'ü', 'a%20b', 'a;b', '-n', 'sub/folder'];

let bucket: string;
let functions: ScriptFunctions;
let bin: string;
let calls: string;
let objects: string;
let busybox: string;

beforeAll(async () => {
  bucket = (await emptyStateStore()).replace('s3://', '');
  busybox = busyboxFolder();
});

beforeEach(() => {
  functions = new ScriptFunctions();
  [bin = '', objects = ''] = ['bin', 'objects'].map((name) => path.join(functions.work, name));
  calls = path.join(functions.work, 'calls');
  fs.mkdirSync(bin);
  fs.mkdirSync(objects);
  fs.writeFileSync(calls, '');
  writeStoreClients(bin);
});

interface Store {
  /** The store's URL, and what the client needs to know of it. */
  readonly url: () => string;
  readonly env?: () => Record<string, string>;
  /** Objects to try it with. @default ODD */
  readonly names?: readonly string[];
}

/** The real client in front of the emulator. */
const REAL = () => ({
  PATH: `${path.dirname(provided('python'))}:${process.env.PATH}`,
  S3_ENDPOINT: provided('emulator'),
  S3_REGION: 'us-east-1',
  S3_ACCESS_KEY_ID: 'test',
  S3_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
});

const STORES: Readonly<Record<string, Store>> = {
  s3: { url: () => `s3://${bucket}`, env: REAL },
  do: { url: () => `do://${bucket}`, env: REAL, names: ['a b', '-n'] },
  scw: { url: () => `scw://${bucket}`, env: REAL, names: ['a b', '-n'] },
  gs: { url: () => 'gs://state' },
  'azureblob, from kops 1.36': {
    url: () => 'azureblob://acme/state',
    env: () => ({ KOPS_VERSION: '1.36.2' }),
  },
  'azureblob, before kops 1.36': {
    url: () => 'azureblob://state',
    env: () => ({ KOPS_VERSION: '1.35.0', AZURE_STORAGE_ACCOUNT: 'acme' }),
  },
  swift: { url: () => 'swift://state' },
  file: { url: () => `file://${objects}` },
};

function run(store: Store, lines: string, env: Record<string, string> = {}) {
  return functions.run(`store=$STORE\n${lines}`, {
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      KOPS_VERSION: '1.36.2',
      ...store.env?.(),
      STORE: store.url(),
      CALLS: calls,
      OBJECTS: objects,
      ...env,
    },
  });
}

/** The containers that the clients with folders find. */
const makeContainers = () => {
  for (const name of ['acme/state', 'state']) fs.mkdirSync(path.join(objects, name), { recursive: true });
};

describe.each(Object.entries(STORES))('a store in %s', (_kind, store) => {
  beforeEach(makeContainers);

  test('gives back what was written, lists and copies it, and forgets what was removed', () => {
    const text = `a: "1"\n\n# ü $HOME\n`;
    fs.writeFileSync(path.join(functions.work, 'given'), text);
    const names = store.names ?? ODD;
    // The stores that are real are one.
    const key = path.basename(functions.work);
    const lines = [
      ...names.map((_name, index) => `store_write "$work/given" "$STORE/${key}/dir/$ODD_${index}"`),
      `store_write "$work/given" "$STORE/${key}/other"`,
      `store_list "$STORE/${key}/dir" "$work/list"`,
      `store_copy "$STORE/${key}/dir" "$work/copy"`,
      `store_read "$STORE/${key}/dir/a b" "$work/read"`,
      `store_remove "$STORE/${key}/dir/$GONE"`,
      `store_list "$STORE/${key}/dir" "$work/left"`,
      `store_list "$STORE/${key}/none" "$work/none"`,
      `store_copy "$STORE/${key}/none" "$work/nothing"`,
      `if store_read "$STORE/${key}/dir/$GONE" "$work/gone"; then echo there; else echo gone; fi`,
      `[ ! -s "$work/gone" ]`,
    ];
    const odd = Object.fromEntries(names.map((name, index) => [`ODD_${index}`, name]));
    const gone = { GONE: names.at(-1) ?? '' };
    const { code, stdout, stderr } = run(store, lines.join('\n'), { ...odd, ...gone });
    expect(stderr).toBe('');
    expect(stdout).toBe('gone\n');
    expect(code).toBe(0);
    const file = (name: string) => fs.readFileSync(path.join(functions.work, name), 'utf8');
    expect(file('list').trimEnd().split('\n').sort()).toEqual([...names].sort());
    expect(file('read')).toBe(text);
    expect(file('left').trimEnd().split('\n').sort()).toEqual(names.slice(0, -1).sort());
    expect(file('none')).toBe('');
    for (const name of names) expect([name, file(`copy/${name}`)]).toEqual([name, text]);
    expect(fs.existsSync(path.join(functions.work, 'owned'))).toBe(false);
  }, 120_000);
});

const VERBS = [
  'if store_read "$STORE/c1/config" "$work/read"; then echo there; else echo gone; fi',
  'store_write "$work/functions.sh" "$STORE/c1/config"',
  'store_list "$STORE/c1" "$work/list"',
  'store_copy "$STORE/c1" "$work/copy"',
  'store_remove "$STORE/c1/config"',
];

/** How the clients say no, or that they do not get through. */
const REFUSALS: readonly (readonly [store: string, refusal: string, expected: string])[] = [
  [
    'gs',
    'ERROR: HTTPError 403: ada does not have storage.objects.get access to the object.',
    'no access to gs://state/c1',
  ],
  ['gs', 'ERROR: You do not currently have an active account selected.', 'no access to gs://state/c1'],
  ['gs', 'ERROR: HTTPError 404: The specified bucket does not exist.', 'cannot reach gs://state/c1'],
  ['gs', 'ERROR: HTTPError 503: Backend Error, request 40407403', 'cannot reach gs://state/c1'],
  [
    'azureblob, from kops 1.36',
    'ERROR: You do not have the required permissions needed.',
    'no access to azureblob://',
  ],
  [
    'azureblob, from kops 1.36',
    "ERROR: Please run 'az login' to setup account.",
    'no access to azureblob://',
  ],
  [
    'azureblob, before kops 1.36',
    'ERROR: The specified container does not exist.',
    'cannot reach azureblob://',
  ],
  ['swift', 'Unauthorized. Check username/id, password, tenant name/id.', 'no access to swift://state/c1'],
  ['swift', 'HTTPConnectionPool: Max retries exceeded, tx404a403', 'cannot reach swift://state/c1'],
  ['swift', "Container 'state' not found", 'cannot reach swift://state/c1'],
];

test.each(REFUSALS)('%s: "%s" ends the job', (kind, refusal, expected) => {
  makeContainers();
  for (const verb of VERBS) {
    const { code, stdout, stderr } = run(STORES[kind] as Store, `${verb}\necho went on`, {
      REFUSAL: refusal,
    });
    expect([verb, code]).toEqual([verb, 1]);
    expect(stdout).toBe('');
    // What the client itself said, too.
    expect(stderr).toContain(`  ${refusal}`);
    expect(stderr).toContain(`cdkops: ${expected}`);
  }
});

test.each([
  ['a bucket that is not there', 's3://none-of-ours', {}, 'NoSuchBucket'],
  ['a store that does not answer', 's3://state', { S3_ENDPOINT: 'http://127.0.0.1:9' }, 'Could not connect'],
])(
  's3: %s ends the job',
  (_what, url, env, said) => {
    for (const verb of VERBS) {
      const { code, stdout, stderr } = run({ url: () => url, env: REAL }, `${verb}\necho went on`, env);
      expect([verb, code, stdout]).toEqual([verb, 1, '']);
      expect(stderr).toContain(said);
      expect(stderr).toContain(`cdkops: cannot reach ${url}/c1`);
    }
  },
  60_000,
);

test('do and scw are asked as whom kops asks them', () => {
  const asked = (env: Record<string, string>) => {
    fs.writeFileSync(calls, '');
    const given = { S3_ENDPOINT: 'https://nyc3.example', PATH: `${bin}:${process.env.PATH}` };
    run({ url: () => 'do://state' }, 'store_remove "$STORE/c1/config"', { ...given, ...env });
    return fs.readFileSync(calls, 'utf8').trimEnd().split('\n');
  };
  const call =
    'aws <--endpoint-url> <https://nyc3.example> <s3api> <delete-object> <--bucket> <state> <--key> <c1/config>';
  const own = { S3_ACCESS_KEY_ID: 'own', S3_SECRET_ACCESS_KEY: 'secret', S3_REGION: 'nyc3' };
  const aws = { AWS_ACCESS_KEY_ID: 'cloud', AWS_SECRET_ACCESS_KEY: 'hidden', AWS_REGION: 'eu-central-1' };
  expect(asked({ ...own, ...aws })).toEqual([call, 'own secret nyc3']);
  expect(asked({ SCW_ACCESS_KEY: 'scw', SCW_SECRET_KEY: 'secret', ...aws })).toEqual([
    call,
    'scw secret eu-central-1',
  ]);
  expect(asked(aws)).toEqual([call, 'cloud hidden eu-central-1']);
});

test('az is asked for the account and the container of the URL, of either form', () => {
  makeContainers();
  const asked = (kind: string) => {
    fs.writeFileSync(calls, '');
    run(STORES[kind] as Store, VERBS[0] ?? '');
    return fs.readFileSync(calls, 'utf8');
  };
  const expected =
    /^az <storage> <blob> <download> <--auth-mode> <login> <--account-name> <acme> <--container-name> <state> <--name> <c1\/config> /;
  expect(asked('azureblob, from kops 1.36')).toMatch(expected);
  expect(asked('azureblob, before kops 1.36')).toMatch(expected);
});

test.each([
  ['s3', 'aws'],
  ['gs', 'gcloud'],
  ['azureblob, from kops 1.36', 'az'],
  ['swift', 'swift'],
])('%s without %s: the message names it', (kind, client) => {
  const store = STORES[kind] as Store;
  const { code, stderr } = functions.run(`store=$STORE\nneed_tools $(store_client)`, {
    shell: 'busybox',
    env: { PATH: busybox, STORE: store.url() },
  });
  expect(code).toBe(1);
  expect(stderr).toContain(`this job's image lacks: ${client}\n`);
});

test('a store of an unknown kind is refused, a folder needs no client', () => {
  const kindOf = (url: string) =>
    run({ url: () => url }, 'client=$(store_client) || exit $?\necho "[$client]"');
  expect(kindOf('ftp://state')).toMatchObject({ code: 1, stdout: '' });
  expect(kindOf('ftp://state').stderr).toContain(
    'the state store ftp://state is of a kind that cdkops does not know',
  );
  expect(kindOf('file:///srv/state').stdout).toBe('[]\n');
});

test('an object whose name leads out of the folder is not copied', () => {
  makeContainers();
  fs.mkdirSync(path.join(objects, 'state/c1'), { recursive: true });
  fs.writeFileSync(path.join(bin, 'swift'), '#!/bin/sh\necho c1/../../evil\n', { mode: 0o755 });
  const { code, stderr } = run(STORES.swift as Store, 'store_copy "$STORE/c1" "$work/copy"');
  expect(code).toBe(1);
  expect(stderr).toContain('the store has an object of a strange name');
  expect(fs.existsSync(path.join(provided('home'), 'evil'))).toBe(false);
});
