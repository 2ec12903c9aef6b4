import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { busyboxFolder } from '../support/busybox';
import {
  type Command,
  type DeliveryPipeline,
  DeliveryProject,
  type Variables,
} from '../support/delivery-project';
import { KopsReleases } from '../support/kops-releases';
import { pathWithout } from '../support/path-without';
import type { Shell } from '../support/script-run';

// Where a job's kops and its credentials come from.

let project: DeliveryProject;
let pipeline: DeliveryPipeline;
beforeAll(async () => {
  project = await DeliveryProject.start();
  pipeline = project.pipeline();
});
afterAll(() => project?.stop());

describe('kops by download', () => {
  const releases = new KopsReleases();
  /** The PATH of images without kops, and with one or the other program to download it. */
  let images: Record<string, { readonly path: string; readonly shell?: Shell }>;
  beforeAll(async () => {
    await releases.start();
    const all = `${project.ground.bin}:${process.env.PATH}`;
    images = {
      'curl alone': { path: pathWithout(all, 'kops', 'wget') },
      'wget alone': { path: pathWithout(all, 'kops', 'curl') },
      "busybox's wget alone": {
        path: `${busyboxFolder()}:${pathWithout(all, 'kops', 'curl', 'wget')}`,
        shell: 'busybox',
      },
    };
  });
  afterAll(() => releases.stop());
  beforeEach(() => {
    releases.requests.length = 0;
  });

  const cached = () =>
    path.join(pipeline.folder, '.cdkops', `kops-1.36.2-${process.arch === 'arm64' ? 'arm64' : 'amd64'}`);
  const digestOf = (file: string) => crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex');

  /** Runs a job that needs kops for its version alone: a cluster that was never rolled out cannot drift. */
  const run = (image: string, variables: Variables = {}) => {
    const { path: PATH, shell } = images[image] ?? { path: '' };
    const lock = { CDKOPS_KOPS_SHA256_AMD64: releases.digest, CDKOPS_KOPS_SHA256_ARM64: releases.digest };
    return pipeline.run('drift', { PATH, CDKOPS_KOPS_URL: releases.url, ...lock, ...variables }, { shell });
  };
  const DONE = [0, expect.stringContaining('pending: never rolled out')];

  test.each(['curl alone', 'wget alone', "busybox's wget alone"])(
    '%s: once, then from the cache',
    async (image) => {
      fs.rmSync(path.dirname(cached()), { recursive: true, force: true });
      const first = await run(image);
      expect([first.code, first.output]).toEqual(DONE);
      expect(releases.requests).toEqual([
        expect.stringMatching(/^\/download\/v1\.36\.2\/kops-linux-(amd64|arm64)$/),
      ]);
      expect(digestOf(cached())).toBe(releases.digest);
      const second = await run(image);
      expect([second.code, second.output]).toEqual(DONE);
      expect(releases.requests).toHaveLength(1);
      expect(fs.readdirSync(path.dirname(cached()))).toHaveLength(1);
      expect(fs.readdirSync(project.ground.temporary)).toEqual([]);
    },
  );

  test('a cache that somebody wrote to is not run, but replaced', async () => {
    const trace = path.join(project.ground.home, 'tampered');
    fs.writeFileSync(cached(), `#!/bin/sh\ntouch '${trace}'\necho 1.36.2\n`, { mode: 0o755 });
    const { code, output } = await run('curl alone');
    expect([code, output]).toEqual(DONE);
    expect(releases.requests).toHaveLength(1);
    expect(digestOf(cached())).toBe(releases.digest);
    expect(fs.existsSync(trace)).toBe(false);
  });

  test('another digest than the lock has: thrown away', async () => {
    fs.rmSync(cached());
    const wrong = '0'.repeat(64);
    const { code, output } = await run('curl alone', {
      CDKOPS_KOPS_SHA256_AMD64: wrong,
      CDKOPS_KOPS_SHA256_ARM64: wrong,
    });
    expect(code).toBe(1);
    expect(output).toContain(`is not the file whose digest is in the pipeline (${wrong})`);
    expect(output).toContain('run npx cdkops lock');
    expect(fs.readdirSync(path.dirname(cached()))).toEqual([]);
  });

  test.each(['curl alone', 'wget alone', "busybox's wget alone"])(
    '%s: a file that is not there',
    async (image) => {
      const { code, output } = await run(image, { CDKOPS_KOPS_URL: `${releases.url}/none` });
      expect(code).toBe(1);
      expect(output).toContain(`cannot download ${releases.url}/none/v1.36.2/kops-linux-`);
      expect(fs.existsSync(cached())).toBe(false);
    },
  );

  test('without anything to download with, or without a digest for this machine, the message says so', async () => {
    const path = pathWithout(images['curl alone']?.path ?? '', 'curl');
    const nothing = await run('curl alone', { PATH: path });
    expect([nothing.code, nothing.output]).toEqual([
      1,
      expect.stringContaining("this job's image lacks: wget"),
    ]);
    const other = process.arch === 'arm64' ? 'CDKOPS_KOPS_SHA256_ARM64' : 'CDKOPS_KOPS_SHA256_AMD64';
    const { code, output } = await run('curl alone', { [other]: undefined });
    expect([code, output]).toEqual([1, expect.stringContaining('the pipeline has no digest of kops-linux-')]);
    expect(releases.requests).toEqual([]);
  });
});

describe('an AWS role by OIDC', () => {
  const ROLE = 'arn:aws:iam::123456789012:role/kops-dev-plan';
  const TOKEN = `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify({ sub: 'project_path:acme/clusters' })).toString('base64url')}.c2lnbmF0dXJl`;
  /** A job that is to take the role, on a runner that has keys of its own. */
  const withRole = (command: Command, variables: Variables = {}) => {
    project.ground.chronicle.clear();
    return pipeline.run(command, {
      CDKOPS_AWS_ROLE_ARN: ROLE,
      CDKOPS_ID_TOKEN: TOKEN,
      CI_PROJECT_ID: '12',
      CI_JOB_ID: '34',
      // kops looks for STS at AWS's own address without.
      AWS_ENDPOINT_URL_STS: project.ground.cloud.url,
      ...variables,
    });
  };

  /** What was asked, in the one name or the other: those that STS gives begin so, the runner's own is `test`. */
  const asked = (isRole: boolean) =>
    project.ground.chronicle
      .entries()
      .filter(({ side, verb, accessKey = '' }) => {
        const isToken = verb === 'AssumeRoleWithWebIdentity';
        return side !== 'kubernetes' && !isToken && accessKey.startsWith('ASIA') === isRole;
      })
      .map(({ side }) => side);

  /** Whether the role was taken as it should be, and nothing of it is left. */
  function expectRole(output: string): void {
    const { ground } = project;
    const taken = ground.chronicle
      .entries('cloud')
      .filter(({ verb }) => verb === 'AssumeRoleWithWebIdentity');
    expect(taken.length).toBeGreaterThan(0);
    for (const { body } of taken) {
      const parameters = new URLSearchParams(body);
      expect(parameters.get('RoleArn')).toBe(ROLE);
      expect(parameters.get('WebIdentityToken')).toBe(TOKEN);
      expect(parameters.get('RoleSessionName')).toBe('cdkops-12-34');
    }
    expect(fs.readdirSync(ground.temporary)).toEqual([]);
    // The client of the store would keep its keys there, for whoever comes next.
    expect(fs.existsSync(path.join(ground.home, '.aws'))).toBe(false);
    const left = fs
      .readdirSync(pipeline.plans)
      .map((name) => fs.readFileSync(path.join(pipeline.plans, name), 'utf8'));
    for (const text of [output, ...left]) expect(text).not.toContain(TOKEN);
  }

  test('is taken by the client of the store', async () => {
    // Without an endpoint of its own the store is AWS's.
    const endpoint = { S3_ENDPOINT: undefined, S3_REGION: undefined };
    const { code, output } = await withRole('drift', endpoint);
    expect([code, output]).toEqual([0, expect.stringContaining('pending: never rolled out')]);
    expect(asked(true)).toEqual(expect.arrayContaining(['store']));
    expect(asked(false)).toEqual([]);
    expectRole(output);
  });

  test('is taken by kops', async () => {
    // kops reaches a store that is not at AWS by keys of that alone.
    const { code, output } = await withRole('dryrun');
    expect([code, output]).toEqual([0, expect.stringContaining('a new cluster')]);
    expect(asked(true)).toContain('cloud');
    expect(asked(false)).not.toContain('cloud');
    expectRole(output);
  }, 90_000);

  test('without a token the job says so; a person at a laptop has credentials of their own', async () => {
    const without = await pipeline.run('drift', { CDKOPS_AWS_ROLE_ARN: ROLE });
    expect(without.code).toBe(1);
    expect(without.output).toContain('this job has a role to take and no token (CDKOPS_ID_TOKEN)');
    const atHome = await pipeline.run('drift', { CDKOPS_AWS_ROLE_ARN: ROLE, CI: undefined });
    expect([atHome.code, atHome.output]).toEqual([0, expect.stringContaining('pending: never rolled out')]);
  });
});
