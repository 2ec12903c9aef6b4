import { execFileSync } from 'node:child_process';
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type DeliveryGround, deliveryGround } from '../support/delivery-ground';
import { withObject } from '../support/delivery-tampering';
import { GIT_ENVIRONMENT, GitlabRepository } from '../support/gitlab-repository';
import { jobVariables } from '../support/job-variables';
import { pathWithout } from '../support/path-without';
import { runScript } from '../support/script-run';
import { smallFleet } from '../support/small-fleet';

// What a gate says of records and live states; they are written here, since only their texts count.

const [C1, C2, C3] = ['c1.k8s.local', 'c2.k8s.local', 'c3.k8s.local'] as const;
const CLUSTERS = [C1, C2, C3];
const GATE_FILE = 'gates/rolled/dev.2.json';
const OLDER = 'b1946ac92492d2347c6235b4d2611184a1e8f022';
const AT = '7d793037a0760186574b0282f2f435e7c0b1d4aa';
const OTHER_DIGEST = 'a'.repeat(64);
const HOSTILE = '$(touch pwned)\u001b[2J\nc3.k8s.local: rolled out';

let ground: DeliveryGround;
let files: Record<string, string>;
let folder: string;
let commit: string;

beforeAll(async () => {
  ground = await deliveryGround(C1);
  files = smallFleet({ bucket: ground.bucket, clusters: CLUSTERS });
  const repository = new GitlabRepository(files);
  commit = repository.head;
  folder = repository.runnerClone(commit, 'main', commit);
  for (const cluster of CLUSTERS) {
    for (const [object, text] of Object.entries(liveObjects(cluster))) {
      await ground.putStoreObject(`${cluster}/${object}`, text);
    }
    await ground.putStoreObject(recordKey(cluster), JSON.stringify(record(cluster)));
  }
});
afterAll(async () => {
  await ground.stop();
  // Nothing that a record or a variable says has been run, and no run has left a thing behind.
  const pwned = [folder, ground.home, ground.temporary].map((where) => path.join(where, 'pwned'));
  expect(pwned.filter((file) => fs.existsSync(file))).toEqual([]);
  expect(fs.readdirSync(ground.temporary)).toEqual([]);
});

const recordKey = (cluster: string) => `cdkops/${cluster}.json`;

/** Live objects of a cluster, as kops writes them: some have when they were made, and some how often they were changed. */
function liveObjects(cluster: string): Record<string, string> {
  const object = (kind: string, name: string) =>
    `kind: ${kind}\nmetadata:\n  creationTimestamp: "2026-01-02T03:04:05Z"\n  generation: 3\n  name: ${name}\n`;
  return {
    config: object('Cluster', cluster),
    'instancegroup/nodes': object('InstanceGroup', 'nodes'),
    'clusteraddons/notes': object('ConfigMap', 'notes'),
  };
}

/** Only root can. */
function canMount(): boolean {
  return process.getuid?.() === 0 && process.platform === 'linux';
}

/** Digests of objects without these two lines. */
function digests(objects: Readonly<Record<string, string>>): Record<string, string> {
  const digest = (text: string) => {
    const plain = text.replace(/^ {2}(creationTimestamp|generation):.*\n/gm, '');
    return crypto.createHash('sha256').update(plain).digest('hex');
  };
  return Object.fromEntries(Object.entries(objects).map(([name, text]) => [name, digest(text)]));
}

/** A roll-out of this commit's manifest. */
function rollOut(cluster: string): Record<string, unknown> {
  const { CDKOPS_MANIFEST_DIGEST, KOPS_VERSION } = jobVariables(files, `dryrun:${cluster}`);
  return {
    commit: AT,
    manifestDigest: CDKOPS_MANIFEST_DIGEST,
    kops: KOPS_VERSION,
    kubernetes: '1.35.5',
    pipeline: { id: '1', url: 'https://gitlab.com/acme/clusters/-/pipelines/1' },
    by: 'ada',
    time: cluster === C2 ? '2026-03-01T00:00:00Z' : '2026-02-01T00:00:00Z',
    leaving: [],
    manifest: `cdkops/${cluster}/x.yaml`,
    objects: digests(liveObjects(cluster)),
  };
}

/** The record of a cluster whose newest roll-out is this commit's, but for some members. */
function record(cluster: string, newest: object = {}, members: object = {}) {
  return { format: 1, cluster, rollOuts: [{ ...rollOut(cluster), ...newest }], ...members };
}

/** Runs the gate as a job without kops. */
async function gate(variables: Record<string, string | undefined> = {}) {
  ground.chronicle.clear();
  const { code, output } = await runScript(ground, {
    folder,
    command: ['gate'],
    variables: {
      ...GIT_ENVIRONMENT,
      PATH: pathWithout(ground.env.PATH ?? '', 'kops'),
      CI: 'true',
      CI_COMMIT_SHA: commit,
      CI_PIPELINE_ID: '77',
      CDKOPS_WAVE: 'dev',
      CDKOPS_GATE: 'dev.2',
      CDKOPS_CLUSTERS: CLUSTERS.join('\n'),
      ...variables,
    },
  });
  expect(ground.writes()).toEqual([]);
  return { code, output, lines: output.split('\n').filter((line) => /: (NOT )?rolled out/.test(line)) };
}

const passed = () => fs.existsSync(path.join(folder, GATE_FILE));

const ROLLED_OUT = (cluster: string) =>
  `${cluster}: rolled out since ${cluster === C2 ? '2026-03-01' : '2026-02-01'}T00:00:00Z, at commit ${AT}`;

test('all are rolled out: the line of each, in order, and a file for the jobs after it', async () => {
  const { code, output, lines } = await gate();
  expect(lines).toEqual(CLUSTERS.map(ROLLED_OUT));
  expect(output).toContain('all 3 clusters of the wave dev are rolled out as this commit has them');
  expect(code).toBe(0);
  expect(JSON.parse(fs.readFileSync(path.join(folder, GATE_FILE), 'utf8'))).toEqual({
    format: 1,
    gate: 'dev.2',
    wave: 'dev',
    commit,
    pipeline: '77',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    newest: '2026-03-01T00:00:00Z',
    clusters: 3,
  });
  // Of the store it reads records and live objects, and nothing beside.
  const keys = ground.storeRequests('GET').filter((key) => !key.includes('?'));
  expect(keys).toEqual(
    CLUSTERS.flatMap((cluster) => [
      `${cluster}/clusteraddons/notes`,
      `${cluster}/config`,
      `${cluster}/instancegroup/nodes`,
      recordKey(cluster),
    ]).sort(),
  );
}, 60_000);

test('blanks between names do as well, no names are none, and what stamps an object is no difference', async () => {
  const config = liveObjects(C1).config?.replace('05Z', '59Z').replace('generation: 3', 'generation: 4');
  await withObject(ground, `${C1}/config`, config, async () => {
    expect(await gate({ CDKOPS_CLUSTERS: `  ${C1} \t ${C2}\n` })).toMatchObject({ code: 0 });
  });
  expect(await gate({ CDKOPS_CLUSTERS: '' })).toMatchObject({ code: 0, lines: [] });
  expect(JSON.parse(fs.readFileSync(path.join(folder, GATE_FILE), 'utf8'))).toMatchObject({
    newest: null,
    clusters: 0,
  });
}, 60_000);

test('one of three is not: it is named, with what to start, and what an earlier run has left goes', async () => {
  fs.mkdirSync(path.join(folder, path.dirname(GATE_FILE)), { recursive: true });
  fs.writeFileSync(path.join(folder, GATE_FILE), 'of an earlier run');
  await withObject(ground, recordKey(C2), undefined, async () => {
    const { code, output, lines } = await gate();
    expect(lines).toEqual([ROLLED_OUT(C1), `${C2}: NOT rolled out: never rolled out`, ROLLED_OUT(C3)]);
    expect(output).toContain(
      '2 of 3 clusters of the wave dev are rolled out, so the waves after it stay shut',
    );
    expect(output).toContain('CDKOPS_ACTION=rollout');
    expect(output.match(/^ *CDKOPS_CLUSTER=.*/gm)).toEqual([`    CDKOPS_CLUSTER=${C2}`]);
    expect([code, passed()]).toEqual([1, false]);
  });
}, 60_000);

/** Why a cluster is not rolled out, by what its record says; `undefined`: there is none. */
const RECORDS: readonly (readonly [what: string, text: () => unknown, reason: string | RegExp])[] = [
  ['no record', () => undefined, 'never rolled out'],
  ['nothing that came through', () => record(C2, {}, { rollOuts: [] }), 'never rolled out'],
  ['nothing in it', () => '\n', /is no record of cdkops$/],
  ['no JSON', () => 'not { json', /is no record of cdkops$/],
  ['another shape', () => record(C2, {}, { rollOuts: 'x' }), /is no record of cdkops$/],
  ['an older format', () => record(C2, {}, { format: 0 }), /is no record of cdkops$/],
  ['a newer format', () => record(C2, {}, { format: 2 }), /was written by a newer cdkops$/],
  ['another cluster', () => record(C1), /is the record of another cluster: c1\.k8s\.local$/],
  [
    'a roll-out in progress',
    () => record(C2, {}, { inProgress: { time: 'then', pipeline: { id: '9', url: 'https://x/9' } } }),
    'a roll-out is in progress since then, in pipeline https://x/9',
  ],
  ['a deletion', () => record(C2, {}, { deleted: { time: 'then' } }), 'deleted since then'],
  [
    'another manifest',
    () => record(C2, { manifestDigest: OTHER_DIGEST }),
    `it has another manifest than this commit's: that of commit ${AT}, since 2026-03-01T00:00:00Z`,
  ],
  [
    'a roll-back',
    () => {
      const [newest] = record(C2, { manifestDigest: OTHER_DIGEST, rolledBack: true }).rollOuts;
      const before = { ...rollOut(C2), manifestDigest: OTHER_DIGEST, commit: OLDER };
      return record(C2, {}, { rollOuts: [newest, rollOut(C2), before] });
    },
    `rolled back to the manifest of commit ${OLDER}, since 2026-03-01T00:00:00Z`,
  ],
  [
    'another kOps',
    () => record(C2, { kops: '1.36.1' }),
    'rolled out by kOps 1.36.1, and the code has 1.36.2',
  ],
  [
    'no digests of objects',
    () => record(C2, { objects: undefined }),
    'its record is from before digests of live objects were kept: a rollout adds them',
  ],
  ['a time that is none', () => record(C2, { time: 'yesterday' }), /does not say when it was rolled out$/],
  [
    'commands, colours and lines of its own',
    () => record(C2, { manifestDigest: OTHER_DIGEST, commit: HOSTILE, time: HOSTILE }),
    /^it has another manifest than this commit's: that of commit \$\(touch pwned\)\[2J c3\.k8s\.local: rolled out, since/,
  ],
];

test.each(RECORDS)(
  'a record with %s keeps the gate shut',
  async (_what, text, reason) => {
    const given = text();
    const written = typeof given === 'string' || given === undefined ? given : JSON.stringify(given);
    await withObject(ground, recordKey(C2), written, async () => {
      const { code, lines } = await gate({ CDKOPS_CLUSTERS: C2 });
      expect(lines).toHaveLength(1);
      const said = lines[0]?.replace(`${C2}: NOT rolled out: `, '');
      if (typeof reason === 'string') expect(said).toBe(reason);
      else expect(said).toMatch(reason);
      expect([code, passed()]).toEqual([1, false]);
    });
  },
  60_000,
);

/** What somebody did to the live state since, and what the gate names. */
const LIVE: readonly (readonly [what: string, object: string, text: string | undefined])[] = [
  ['changed', 'config', 'kind: Cluster\n'],
  ['added', 'instancegroup/more', 'kind: InstanceGroup\n'],
  ['removed', 'clusteraddons/notes', undefined],
];

test.each(LIVE)(
  'a live object that was %s since keeps the gate shut',
  async (_what, object, text) => {
    await withObject(ground, `${C3}/${object}`, text, async () => {
      const { code, lines } = await gate({ CDKOPS_CLUSTERS: C3 });
      expect(lines).toEqual([`${C3}: NOT rolled out: its live state is not what was rolled out: ${object}`]);
      expect([code, passed()]).toEqual([1, false]);
    });
  },
  60_000,
);

test('a store that refuses, or does not answer, keeps the gate shut with what its client said', async () => {
  ground.cloud.judge = ({ what }) => (what.includes(`${C2}/config`) ? 'deny' : 'pass');
  const denied = await gate();
  ground.cloud.judge = () => 'pass';
  const refused = `${C2}: NOT rolled out: its store cannot be read: no access to ${ground.store}/${C2}/config (`;
  expect(denied.lines[1]?.slice(0, refused.length)).toBe(refused);
  expect(denied.lines[1]).toContain('AccessDenied');
  expect([denied.lines[0], denied.lines[2]]).toEqual([ROLLED_OUT(C1), ROLLED_OUT(C3)]);
  expect([denied.code, passed()]).toEqual([1, false]);

  const gone = await gate({ S3_ENDPOINT: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' });
  for (const line of gone.lines)
    expect(line).toMatch(/: its store cannot be read: cannot reach s3:.*Could not/);
  expect(gone.output).toContain('0 of 3 clusters');
  expect([gone.code, passed()]).toEqual([1, false]);
}, 60_000);

/** Something else in a cluster's pipeline.yml, and the reason. */
const FILES: readonly (readonly [
  what: string,
  edit: (text: string) => string | undefined,
  reason: string,
])[] = [
  ['missing', () => undefined, `this commit has no clusters/${C1}/pipeline.yml`],
  ['empty', () => '', `clusters/${C1}/pipeline.yml has no KOPS_STATE_STORE that can be read`],
  [
    'without a version',
    (text) => text.replace(/^ {4}KOPS_VERSION.*\n/m, ''),
    'has no KOPS_VERSION that can be read',
  ],
  [
    "with the variables in another cluster's block",
    (text) => text.replace(`.cluster:${C1}:`, `.cluster:${C2}:`),
    'has no KOPS_STATE_STORE that can be read',
  ],
  [
    'with a store in another variable',
    (text) => text.replace(/(KOPS_STATE_STORE): .*/, '$1: $STORE'),
    'has a value of KOPS_STATE_STORE that cannot be read',
  ],
  [
    'with a command for a store',
    (text) => text.replace(/(KOPS_STATE_STORE): .*/, '$1: "s3://$$(touch pwned)"'),
    'has a value of KOPS_STATE_STORE that cannot be read',
  ],
  [
    'with a store twice',
    (text) => text.replace(/( {4}KOPS_STATE_STORE: .*\n)/, '$1$1'),
    'has a value of KOPS_STATE_STORE that cannot be read',
  ],
  ['with a block of text', (text) => text.replace(/(AWS_REGION): .*/, '$1: |-'), 'a value of AWS_REGION'],
];

test.each(FILES)(
  'a pipeline.yml that is %s keeps the gate shut',
  async (_what, edit, reason) => {
    const file = path.join(folder, 'clusters', C1, 'pipeline.yml');
    const before = fs.readFileSync(file, 'utf8');
    const text = edit(before);
    if (text === undefined) fs.rmSync(file);
    else fs.writeFileSync(file, text);
    // What the job has is not what the cluster has.
    const { code, lines } = await gate({
      CDKOPS_CLUSTERS: C1,
      KOPS_STATE_STORE: ground.store,
      KOPS_VERSION: '1',
    });
    fs.writeFileSync(file, before);
    expect(lines).toEqual([expect.stringContaining(`${C1}: NOT rolled out: `)]);
    expect(lines[0]).toContain(reason);
    expect([code, passed()]).toEqual([1, false]);
  },
  60_000,
);

test('a value with a dollar, in quotes, is read as GitLab does', async () => {
  const file = path.join(folder, 'clusters', C1, 'pipeline.yml');
  const before = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, before.replace(/(KOPS_STATE_STORE): .*/, '$1: "s3://a$$$$b"'));
  const { lines } = await gate({ CDKOPS_CLUSTERS: C1 });
  fs.writeFileSync(file, before);
  expect(lines[0]).toContain('cannot reach s3://a$b/cdkops');
}, 60_000);

(canMount() ? test : test.skip)(
  'a full disk keeps the gate shut',
  async () => {
    const TMPDIR = fs.mkdtempSync(path.join(ground.home, 'full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', TMPDIR]);
    try {
      for (const kilobytes of [64, 60, 48, 32]) {
        fs.writeFileSync(path.join(TMPDIR, 'fill'), Buffer.alloc(kilobytes * 1024));
        const { code } = await gate({ TMPDIR });
        expect([kilobytes, code === 0, passed()]).toEqual([kilobytes, false, false]);
      }
    } finally {
      execFileSync('umount', [TMPDIR]);
    }
  },
  120_000,
);

test('names that are none are not looked for, and many are looked at in their order', async () => {
  const hostile = ['../other', '$(touch', 'pwned)', '*', '--help', '.x'];
  const many = [...hostile, ...Array.from({ length: 20 }, (_, index) => `none-${index}.example.com`)];
  const { code, output } = await gate({ CDKOPS_CLUSTERS: many.join('\n') });
  const lines = output.split('\n').filter((line) => line.includes(': NOT rolled out: '));
  expect(lines).toEqual(
    many.map((name) =>
      hostile.includes(name)
        ? `${name}: NOT rolled out: that is no name of a cluster`
        : `${name}: NOT rolled out: this commit has no clusters/${name}/pipeline.yml`,
    ),
  );
  expect(code).toBe(1);
}, 60_000);

test.each([
  ['a gate', { CDKOPS_GATE: '../x' }, 'CDKOPS_GATE is no name of a gate: ../x'],
  ['a wave', { CDKOPS_WAVE: 'A' }, 'CDKOPS_WAVE is no name of a wave: A'],
  ['no clusters at all', { CDKOPS_CLUSTERS: undefined }, 'these variables are not set: CDKOPS_CLUSTERS'],
])('refuses %s that is none', async (_what, variables, message) => {
  const { code, output } = await gate(variables);
  expect(output).toContain(message);
  expect(code).toBe(1);
});
