import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Cluster, KopsSshCredential } from '../../../src';
import { killedAt, writing } from '../support/delivery-kill';
import { CLUSTER, type DeliveryPipeline, DeliveryProject, type Wanted } from '../support/delivery-project';
import { machines } from '../support/machines';

// What kops keeps beside its objects: an SSH key, and secrets that nobody may see.

/** A new public key, as `ssh-keygen -t ed25519` makes them. */
function sshKey(): { publicKey: string; fingerprint: string } {
  const { publicKey } = crypto.generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const parts = [Buffer.from('ssh-ed25519'), raw].map((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return Buffer.concat([length, part]);
  });
  const blob = Buffer.concat(parts);
  const fingerprint = crypto.createHash('md5').update(blob).digest('hex');
  return { publicKey: `ssh-ed25519 ${blob.toString('base64')} ada@example.com`, fingerprint };
}

const ONE = sshKey();
const OTHER = sshKey();
const withKey = ({ publicKey }: { publicKey: string }, wanted: Wanted = {}): Wanted => ({
  ...wanted,
  edit: (cluster: Cluster) => {
    new KopsSshCredential(cluster, 'admin', { spec: { publicKey } });
  },
});

let project: DeliveryProject;
beforeAll(async () => {
  project = await DeliveryProject.start(withKey(ONE));
});
afterAll(() => project?.stop());

const KEYS = `${CLUSTER}/pki/ssh/public/admin/`;
const liveKeys = async () => (await project.ground.storeKeys(KEYS)).map((key) => key.slice(KEYS.length));
const planText = (pipeline: DeliveryPipeline) =>
  fs.readFileSync(path.join(pipeline.plans, 'plan.txt'), 'utf8');

test('(h) an SSH key: planned by its fingerprint, replaced by update, on the nodes by roll', async () => {
  const { ground } = project;
  const first = project.pipeline();
  await first.succeeds('dryrun');
  // kops itself would have written the key into the live store.
  expect(ground.writes()).toEqual([]);
  expect(planText(first)).toContain(`By fingerprint:\n  + ${ONE.fingerprint}\n`);
  await first.succeeds('update', 'roll', 'rolled');
  expect(await liveKeys()).toEqual([ONE.fingerprint]);
  expect(await first.succeeds('dryrun')).toContain('nothing to do, this commit is rolled out');

  const second = project.push(withKey(OTHER));
  ground.chronicle.clear();
  await second.succeeds('dryrun');
  expect(ground.writes()).toEqual([]);
  expect(planText(second)).toContain(
    `The SSH key changes; with it all launch templates, which is not in the plan below. By fingerprint:\n  - ${ONE.fingerprint}\n  + ${OTHER.fingerprint}\n`,
  );

  // Between the end of the old key and the new one.
  await killedAt(ground, () => second.start('update'), writing(`/admin/${OTHER.fingerprint}`));
  expect(await liveKeys()).toEqual([]);
  expect(await second.succeeds('update')).toContain(OTHER.fingerprint);
  expect(await liveKeys()).toEqual([OTHER.fingerprint]);
  expect((await project.record())?.inProgress?.commit).toBe(second.commit);

  const before = (await machines(ground.cloud, CLUSTER)).map(({ id }) => id);
  await second.succeeds('roll', 'rolled');
  const after = (await machines(ground.cloud, CLUSTER)).map(({ id }) => id);
  expect(after).toHaveLength(before.length);
  expect(after.filter((id) => before.includes(id))).toEqual([]);
  expect(await second.succeeds('dryrun')).toContain('nothing to do, this commit is rolled out');
  expect(await second.succeeds('drift')).toContain('no drift');
}, 240_000);

/** Bytes that nobody may find again but in the store's secrets. */
const SECRET = crypto.randomBytes(32).toString('base64');
const IPSEC = `3 rfc4106(gcm(aes)) ${crypto.randomBytes(20).toString('hex')} 128`;

const ENCRYPTION_CONFIG = `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
- resources: [secrets]
  providers:
  - aescbc: { keys: [{ name: key1, secret: ${SECRET} }] }
  - identity: {}
`;

test('secrets: planned without them, created by update from files, seen nowhere else', async () => {
  const { ground } = project;
  const files = { CDKOPS_ENCRYPTION_CONFIG: ENCRYPTION_CONFIG, CDKOPS_CILIUM_IPSEC_KEYS: `keys: ${IPSEC}\n` };
  const variables = Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const file = path.join(ground.home, name);
      fs.writeFileSync(file, text);
      return [name, file];
    }),
  );
  const pipeline = project.push(
    withKey(OTHER, {
      // The type of encryption is kops's own default.
      cluster: { encryptionConfig: true, networking: { cilium: { enableEncryption: true } } },
    }),
  );
  ground.chronicle.clear();
  const logs = [await pipeline.succeeds('dryrun')];
  expect(planText(pipeline)).toContain(
    'Secrets that update creates first; what needs them is left out of the plan below:\n  encryptionconfig\n  ciliumpassword\n',
  );
  expect(ground.writes()).toEqual([]);

  const { CDKOPS_ENCRYPTION_CONFIG: encryption = '', CDKOPS_CILIUM_IPSEC_KEYS: ipsec = '' } = variables;
  for (const [given, missing] of [
    [{}, 'CDKOPS_ENCRYPTION_CONFIG'],
    [{ CDKOPS_CILIUM_IPSEC_KEYS: ipsec }, 'CDKOPS_ENCRYPTION_CONFIG'],
    [
      { CDKOPS_ENCRYPTION_CONFIG: encryption, CDKOPS_CILIUM_IPSEC_KEYS: '/nowhere' },
      'CDKOPS_CILIUM_IPSEC_KEYS',
    ],
  ] as const) {
    const { code, output } = await pipeline.run('update', given);
    expect([code, output]).toEqual([
      1,
      expect.stringContaining(`Add the CI/CD variable ${missing}: type File`),
    ]);
    // Neither live state nor cloud, nor the record.
    expect(ground.writes()).toEqual([]);
  }

  const updated = await pipeline.run('update', variables);
  expect([updated.code, updated.output]).toEqual([0, expect.stringContaining('== Secret ciliumpassword')]);
  expect(await ground.storeKeys(`${CLUSTER}/secrets/`)).toEqual(
    expect.arrayContaining([`${CLUSTER}/secrets/ciliumpassword`, `${CLUSTER}/secrets/encryptionconfig`]),
  );
  logs.push(updated.output);

  // From now on nobody needs the variables; the plan is whole and empty.
  const again = await pipeline.run('dryrun');
  expect([again.code, again.output]).toEqual([0, expect.stringContaining('No changes need to be applied')]);
  logs.push(again.output, (await pipeline.run('update')).output);

  const plans = fs
    .readdirSync(pipeline.plans)
    .map((name) => fs.readFileSync(path.join(pipeline.plans, name), 'utf8'));
  const record = JSON.stringify(await project.record());
  for (const text of [...logs, ...plans, record]) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(IPSEC);
    expect(text).not.toContain(Buffer.from(ENCRYPTION_CONFIG).toString('base64'));
  }
  expect(fs.readdirSync(ground.temporary).filter((name) => !name.startsWith('tmp.'))).toEqual([]);
}, 180_000);
