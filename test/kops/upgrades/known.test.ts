import { KOPS_RELEASES } from '../../../src/kops';
import { isDay, judgeVersions, KNOWN_RELEASES, parseChannel } from '../../../src/kops/upgrades';
import { ruleFor } from '../../../src/kops/upgrades/channel';
import { minorOf, parseVersion, type Version } from '../../../src/kops/upgrades/version';

const { kops, kubernetes } = KNOWN_RELEASES;
const minorNumber = (release: string) => Number(release.split('.')[1]);

test('all releases of kOps are known, each with its newest patch release and the Kubernetes that it takes', () => {
  expect(Object.keys(kops.releases)).toEqual([...KOPS_RELEASES]);
  let last = '';
  for (const [release, facts] of Object.entries(kops.releases)) {
    const newest = parseVersion(facts.newest) as Version;
    expect(minorOf(newest)).toBe(release);
    expect(newest.prerelease).toEqual([]);
    expect(isDay(facts.released) && facts.released > last).toBe(true);
    last = facts.released;
    const oldest = minorNumber(facts.oldestKubernetes);
    expect(minorNumber(facts.oldestRecommendedKubernetes)).toBeGreaterThan(oldest);
    expect(minorNumber(release)).toBeGreaterThan(minorNumber(facts.oldestRecommendedKubernetes));
  }
});

test('of each Kubernetes that a known kOps takes the end of life is known, and what the channel recommends', () => {
  const first = minorNumber(Object.values(kops.releases)[0]?.oldestKubernetes ?? '');
  const last = minorNumber(KOPS_RELEASES.at(-1) ?? '');
  const all = Array.from({ length: last - first + 1 }, (_, index) => `1.${first + index}`);
  expect(Object.keys(kubernetes.endOfLife)).toEqual(all);
  const days = Object.values(kubernetes.endOfLife);
  expect(days.every(isDay)).toBe(true);
  expect(days).toEqual([...days].sort());
  for (const release of all) {
    const rule = ruleFor(kops.channel.kubernetesVersions, parseVersion(release) as Version);
    expect(minorOf(parseVersion(rule?.recommendedVersion ?? '') as Version)).toBe(release);
  }
});

test('the data say of which day they are, and their channel is one', () => {
  expect([kops.asOf, kubernetes.asOf].every(isDay)).toBe(true);
  expect(parseChannel(JSON.stringify({ spec: kops.channel }), 'known')).toEqual(kops.channel);
});

test('on the newest kOps with the newest Kubernetes there is nothing to do', () => {
  const newest = Object.values(kops.releases).at(-1)?.newest ?? '';
  const rule = ruleFor(kops.channel.kubernetesVersions, parseVersion(newest) as Version);
  const given = { kops: newest, kubernetes: rule?.recommendedVersion };
  const outlook = { today: kops.asOf, within: 90 };
  expect(judgeVersions(given, KNOWN_RELEASES, outlook)).toMatchObject({ status: 'current', advice: [] });
});
