import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { KOPS_RELEASES } from '../../../src/kops';
import { readReleases } from '../../../tools/kops-versions/read-releases';

let root = '';
let kopsClone: Clone;
let websiteClone: Clone;
beforeAll(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-versions-')));
  kopsClone = makeKopsClone();
  websiteClone = makeWebsiteClone();
});
afterAll(() => fs.rmSync(root, { recursive: true }));

/** A git repository of this name with what `commit` puts into it. */
class Clone {
  public readonly folder: string;

  constructor(name: string) {
    this.folder = path.join(root, name);
    fs.mkdirSync(this.folder);
    this.git('2026-01-01', 'init', '--quiet');
  }

  public write(file: string, text: string): this {
    fs.mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    fs.writeFileSync(path.join(this.folder, file), text);
    return this;
  }

  public commit(day: string, tag?: string): this {
    this.git(day, 'add', '.');
    this.git(day, 'commit', '--quiet', '--allow-empty', '--message', 'x');
    if (tag !== undefined) this.git(day, 'tag', tag);
    return this;
  }

  public git(day: string, ...args: readonly string[]): void {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    const env = {
      ...process.env,
      GIT_COMMITTER_DATE: `${day}T12:00:00Z`,
      GIT_AUTHOR_DATE: `${day}T12:00:00Z`,
    };
    execFileSync('git', [...who, ...args], { cwd: this.folder, env, stdio: 'pipe' });
  }
}

const CHANNEL = `
spec:
  kubernetesVersions:
  - range: ">=1.30.0"
    recommendedVersion: 1.30.14
  - range: ">=1.11.0"
    recommendedVersion: 1.11.10
  - range: "<1.11.0"
    recommendedVersion: 1.11.10
  kopsVersions:
  - range: ">=1.35.0-alpha.1"
    recommendedVersion: "1.35.2"
  - range: ">=1.14.0-alpha.1"
`;

const limits = (oldest: string, recommended: string) =>
  `const (\n\tOldestSupportedKubernetesVersion = "${oldest}.0"\n\tOldestRecommendedKubernetesVersion = "${recommended}.0"\n)\n`;

function makeKopsClone(): Clone {
  const clone = new Clone('kops').write('channels/stable', CHANNEL);
  const file = 'upup/pkg/fi/cloudup/apply_cluster.go';
  for (const release of KOPS_RELEASES) {
    clone.write(file, limits('1.21', '1.23')).commit('2026-02-01', `v${release}.0`);
    clone.write(file, limits('1.22', '1.24')).commit('2026-03-01', `v${release}.10`);
    clone.commit('2026-04-01', `v${release}.9`).commit('2026-04-01', `v${release}.11-beta.1`);
  }
  return clone.commit('2026-05-01');
}

function makeWebsiteClone(): Clone {
  const ended = Array.from(
    { length: 12 },
    (_, index) => `- {release: "1.${22 + index}", endOfLifeDate: "2025-01-${10 + index}"}`,
  );
  const open = ['1.34', '1.35', '1.36'].map(
    (release) => `- release: ${release}\n  endOfLifeDate: 2027-01-01`,
  );
  return new Clone('website')
    .write('data/releases/eol.yaml', ['branches:', ...ended].join('\n'))
    .write('data/releases/schedule.yaml', ['schedules:', ...open].join('\n'))
    .commit('2026-06-01');
}

test('reads the newest release, its limits, the channel and the ends of life, each with its day', () => {
  const { kops, kubernetes } = readReleases(kopsClone.folder, websiteClone.folder);
  expect(kops.asOf).toBe('2026-05-01');
  expect(Object.keys(kops.releases)).toEqual([...KOPS_RELEASES]);
  expect(kops.releases['1.30']).toEqual({
    newest: '1.30.10',
    released: '2026-02-01',
    oldestKubernetes: '1.22',
    oldestRecommendedKubernetes: '1.24',
  });
  // What no known kOps can have is left out.
  expect(kops.channel).toEqual({
    kubernetesVersions: [{ range: '>=1.30.0', recommendedVersion: '1.30.14' }],
    kopsVersions: [{ range: '>=1.35.0-alpha.1', recommendedVersion: '1.35.2' }],
  });
  expect(kubernetes.asOf).toBe('2026-06-01');
  expect(Object.entries(kubernetes.endOfLife).at(0)).toEqual(['1.22', '2025-01-10']);
  expect(Object.entries(kubernetes.endOfLife).at(-1)).toEqual(['1.36', '2027-01-01']);
});

test('says of which Kubernetes the end is not known', () => {
  websiteClone.write('data/releases/schedule.yaml', 'schedules: []').commit('2026-06-02');
  expect(() => readReleases(kopsClone.folder, websiteClone.folder)).toThrow(
    'does not say when Kubernetes 1.34 ends',
  );
});

test('says of which kOps there is no release', () => {
  for (const patch of ['0', '9', '10']) kopsClone.git('2026-01-01', 'tag', '--delete', `v1.33.${patch}`);
  expect(() => readReleases(kopsClone.folder, websiteClone.folder)).toThrow(
    'has no tag of kOps 1.33: git fetch --tags',
  );
});
