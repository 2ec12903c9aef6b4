import * as fs from 'node:fs';
import { fleetText, Project } from './support/project';
import { type Answer, Releases } from './support/releases';

afterAll(() => {
  Project.removeAll();
  Releases.closeAll();
});

const LOCK = 'clusters/kops.lock.json';
const DOWNLOAD = "kopsBinary: 'download', jobs: { image: 'tools' },";
const [AMD, ARM] = ['a1'.repeat(32), 'b2'.repeat(32)];

/** Digests as kOps publishes them: one way and the other. */
const digests: Answer = (path, response) => {
  const digest = path.endsWith('-amd64.sha256') ? `${AMD}\n` : `${ARM}  kops-linux-arm64\n`;
  response.end(/^\/kops\/v1\.3\d\.\d\//.test(path) ? digest : '');
};

function lock(...versions: readonly string[]): string {
  const entries = versions.map((version) => [version, { 'linux-amd64': AMD, 'linux-arm64': ARM }]);
  return `${JSON.stringify({ format: 1, kops: Object.fromEntries(entries) }, undefined, 2)}\n`;
}

test('pins what the fleet downloads, once; the second run needs no network', async () => {
  const project = new Project(fleetText(['a.k8s.local', 'b.k8s.local'], DOWNLOAD));
  const releases = await Releases.start(digests);
  expect(await project.cdkops(['lock', '--url', `${releases.url}/`])).toEqual({
    code: 0,
    stdout: `${LOCK}: pinned kOps 1.36.2; commit it\n`,
    stderr: '',
  });
  expect(project.read(LOCK)).toBe(lock('1.36.2'));
  expect(releases.asked).toEqual([
    '/kops/v1.36.2/kops-linux-amd64.sha256',
    '/kops/v1.36.2/kops-linux-arm64.sha256',
  ]);
  const state = project.state();
  const again = await project.cdkops(['lock', '--url', 'http://127.0.0.1:1']);
  expect(again).toEqual({ code: 0, stdout: `${LOCK} has them all already\n`, stderr: '' });
  expect(project.state()).toEqual(state);
});

test('with versions these are added, the fleet is not asked; without, what no cluster uses goes', async () => {
  const project = new Project(fleetText(['a.k8s.local'], DOWNLOAD));
  const { url } = await Releases.start(digests);
  project.write('clusters/fleet.ts', 'throw new Error();');
  expect((await project.cdkops(['lock', 'v1.35.1', '1.36.2', '--url', url])).code).toBe(0);
  expect(project.read(LOCK)).toBe(lock('1.36.2', '1.35.1'));
  project.write('clusters/fleet.ts', fleetText(['a.k8s.local'], DOWNLOAD));
  const { stdout } = await project.cdkops(['lock', '--url', url]);
  expect(stdout).toBe(`${LOCK}: left out 1 version that no cluster uses; commit it\n`);
  expect(project.read(LOCK)).toBe(lock('1.36.2'));
});

test('a fleet whose images have kOps needs none', async () => {
  const project = new Project();
  const { code, stdout } = await project.cdkops(['lock', '--url', 'http://127.0.0.1:1']);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: "no cluster of the fleet downloads kOps (kopsBinary: 'download'): there is nothing to pin\n",
  });
  expect(project.exists(LOCK)).toBe(false);
});

test('follows redirects, as releases do', async () => {
  const project = new Project();
  const { url } = await Releases.start((path, response) => {
    if (path.startsWith('/elsewhere')) response.end(AMD);
    else response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect((await project.cdkops(['lock', '1.36.2', '--url', url])).code).toBe(0);
  expect(project.read(LOCK)).toContain(AMD);
});

describe('fails with a message, and leaves the lock as it was, where', () => {
  test.each<[string, Answer, string]>([
    [
      'there is no such version',
      (_, response) => response.writeHead(404).end('Not Found'),
      'there is no kOps 1.35.9 for linux-',
    ],
    [
      'the server fails',
      (_, response) => response.writeHead(503).end(),
      'answers with status 503: try again later',
    ],
    [
      'it leads in a circle',
      (path, response) => response.writeHead(302, { location: path }).end(),
      'it leads in a circle (too many redirects)',
    ],
    [
      'a page of HTML comes',
      (_, response) => response.end('<!DOCTYPE html><html>'),
      'is a web page: does a proxy or a login',
    ],
    [
      'a page without end comes',
      (_, response) => void response.write('x'.repeat(100_000)),
      '64 hex digits and is "xxxx',
    ],
    [
      'the digest is too short',
      (_, response) => response.end('a'.repeat(63)),
      'should be a SHA-256 of 64 hex digits',
    ],
    ['nothing comes', (_, response) => response.end(), 'should be a SHA-256 of 64 hex digits and is ""'],
    ['the answer takes too long', () => {}, 'no answer within 1 seconds'],
    ['the answer stops half-way', (_, response) => void response.write('aa'), 'no answer within 1 seconds'],
    ['the connection is cut', (_, response) => response.destroy(), 'cannot read http://127.0.0.1'],
    [
      'one of the two is missing',
      (path, response) => response.writeHead(path.includes('arm64') ? 404 : 200).end(AMD),
      'for linux-arm64',
    ],
  ])('%s', async (_, answer, message) => {
    const project = new Project();
    project.write(LOCK, lock('1.36.2'));
    const state = project.state();
    const { url } = await Releases.start(answer);
    const { code, stdout, stderr } = await project.cdkops(['lock', '1.35.9', '--url', url, '--timeout', '1']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error .*\n$/);
    expect(stderr).toContain(message);
    expect(project.state()).toEqual(state);
  });

  test('nobody listens; and says so of a proxy that Node does not use', async () => {
    const args = ['lock', '1.35.9', '--url', 'http://127.0.0.1:1'];
    const project = new Project();
    const plain = await project.cdkops(args, { env: { HTTPS_PROXY: '' } });
    expect(plain.stderr).toMatch(/^error cannot read http:\/\/127\.0\.0\.1:1\/v1\.35\.9\/\S+: .+\n$/);
    const { stderr } = await project.cdkops(args, { env: { HTTPS_PROXY: 'http://proxy:3128' } });
    expect(stderr).toContain('NODE_USE_ENV_PROXY=1');
  });

  test('the lock cannot be read, or written', async () => {
    const project = new Project();
    const { url } = await Releases.start(digests);
    project.write(LOCK, '{');
    const broken = await project.cdkops(['lock', '1.36.2', '--url', url]);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain(`error ${LOCK} is no JSON`);
    fs.rmSync(project.path(LOCK));
    fs.mkdirSync(project.path(LOCK));
    const folder = await project.cdkops(['lock', '1.36.2', '--url', url]);
    expect(folder.code).toBe(1);
    expect(folder.stderr).toContain(`error cannot read ${LOCK}`);
  });

  test.each([
    [
      'a version that is none',
      fleetText(['a.k8s.local'], DOWNLOAD).replace("'1.36.2'", '136'),
      'kops: expected',
    ],
    [
      'a wrong setting',
      fleetText(['a.k8s.local'], "kopsBinary: 'downlaod' as any,"),
      'did you mean download?',
    ],
    [
      'no image for its jobs',
      fleetText(['a.k8s.local'], "kopsBinary: 'download',"),
      'jobs.image: is missing',
    ],
  ])('synth refuses the fleet: %s', async (_, fleet, message) => {
    const project = new Project(fleet);
    const { code, stdout, stderr } = await project.cdkops(['lock', '--url', 'http://127.0.0.1:1']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^(?:error \[.*\n)+$/);
    expect(stderr).toContain(message);
    expect(project.exists(LOCK)).toBe(false);
  });
});

test.each([
  [['lock', 'latest'], 1, 'expected versions of kOps such as 1.36.2, got "latest"'],
  [['lock', '1.36.2', '--url', 'ftp://x'], 2, 'expected a URL such as'],
  [['lock', '1.36.2', '--timeout', '0'], 2, 'expected a number of seconds'],
])('wrong use: %j', async (args, code, message) => {
  const result = await new Project().cdkops(args);
  expect(result.code).toBe(code);
  expect(result.stderr).toContain(message);
});

test('--help has examples', async () => {
  const { code, stdout } = await new Project().cdkops(['lock', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Examples:\n  npx cdkops lock ');
});
