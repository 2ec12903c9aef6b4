import { type AdviceCode, type Channel, judgeVersions, type KnownReleases } from '../../../src/kops/upgrades';

const channel: Channel = {
  kubernetesVersions: [
    { range: '>=1.36.0', recommendedVersion: '1.36.3', requiredVersion: '1.36.1' },
    { range: '>=1.35.0', recommendedVersion: '1.35.7' },
    { range: '>=1.34.0', recommendedVersion: '1.34.10' },
    { range: '>=1.33.0', recommendedVersion: '1.33.13' },
    { range: '>=1.30.0', recommendedVersion: '1.30.14' },
  ],
  kopsVersions: [
    { range: '>=1.37.0-alpha.1', recommendedVersion: '1.37.0-beta.1' },
    { range: '>=1.36.0-alpha.1', recommendedVersion: '1.36.0-beta.1' },
    { range: '>=1.33.0-alpha.1', recommendedVersion: '1.35.1', requiredVersion: '1.33.1' },
  ],
};

const release = (newest: string, released: string, oldest: string, oldestRecommended: string) => ({
  newest,
  released,
  oldestKubernetes: oldest,
  oldestRecommendedKubernetes: oldestRecommended,
});

const known: KnownReleases = {
  kops: {
    asOf: '2026-08-22',
    channel,
    releases: {
      '1.33': release('1.33.2', '2025-08-09', '1.27', '1.29'),
      '1.34': release('1.34.3', '2025-10-20', '1.29', '1.31'),
      '1.35': release('1.35.2', '2026-03-18', '1.29', '1.31'),
      '1.36': release('1.36.2', '2026-07-15', '1.31', '1.35'),
    },
  },
  kubernetes: {
    asOf: '2026-09-15',
    endOfLife: {
      '1.30': '2025-07-15',
      '1.33': '2026-06-28',
      '1.34': '2026-10-27',
      '1.35': '2027-02-28',
      '1.36': '2027-06-28',
    },
  },
};

const TODAY = '2026-11-01';

function judge(kops: string, kubernetes: string | undefined, today = TODAY, within = 90, data = known) {
  return judgeVersions({ kops, kubernetes }, data, { today, within });
}

/** Level, code and message of all advice. */
function told(...given: Parameters<typeof judge>): readonly (readonly [string, AdviceCode, string])[] {
  return judge(...given).advice.map(({ level, code, message }) => [level, code, message]);
}

test('the newest of both: nothing to do', () => {
  const { status, kops, kubernetes, advice } = judge('1.36.2', '1.36.3');
  expect({ status, advice }).toEqual({ status: 'current', advice: [] });
  expect(kops).toEqual({ version: '1.36.2', newest: '1.36.2', isMaintained: true });
  expect(kubernetes).toEqual({
    version: '1.36.3',
    endOfLife: { date: '2027-06-28', days: 239 },
    kopsSupport: 'supported',
  });
});

test('a newer minor release of Kubernetes is offered, and is no reason by itself', () => {
  const { status, kubernetes } = judge('1.36.2', '1.35.7');
  expect(status).toBe('current');
  expect(kubernetes?.next).toEqual({ version: '1.36.3', needsNewerKops: false });
});

test('newer patch releases of both', () => {
  expect(told('1.36.0', 'v1.35.2')).toEqual([
    ['newer', 'kops-newer', 'kOps 1.36.0 is not the newest: take 1.36.2'],
    ['newer', 'kubernetes-newer', 'Kubernetes 1.35.2 is not the newest of 1.35: take 1.35.7'],
  ]);
  expect(judge('1.36.0', '1.35').kubernetes).toMatchObject({ version: '1.35', upgrade: '1.35.7' });
});

test.each([
  ['1.36.0-beta.1', '1.36.2'],
  ['1.36.2', undefined],
  ['1.36.9', undefined],
  ['1.35.2', '1.36.2'],
  ['1.37.0-alpha.1', '1.37.0-beta.1'],
  ['1.37.0-beta.1', undefined],
])('from kOps %s to %s', (version, upgrade) => {
  expect(judge(version, '1.35.7').kops?.upgrade).toBe(upgrade);
});

describe('kOps maintains two minor releases', () => {
  test('the newest and the one before', () => {
    expect(judge('1.35.2', '1.35.7').kops).toMatchObject({ isMaintained: true, newest: '1.36.2' });
    expect(judge('1.34.3', '1.34.10').kops).toMatchObject({ isMaintained: false, endedOn: '2026-07-15' });
  });

  test('so one before that is overdue, and says since when', () => {
    expect(told('1.34.3', '1.35.7')).toEqual([
      [
        'required',
        'kops-ended',
        'kOps 1.34 has had no fixes since kOps 1.36 came out, on 2026-07-15: take 1.36.2',
      ],
    ]);
  });

  test('a channel that knows a newer one counts; its day is not known', () => {
    const newer = { ...channel, kopsVersions: [{ recommendedVersion: '1.37.1' }] };
    const data = { ...known, kops: { ...known.kops, channel: newer } };
    expect(told('1.35.2', '1.35.7', TODAY, 90, data)).toEqual([
      ['required', 'kops-ended', 'kOps 1.35 has had no fixes since kOps 1.37 came out: take 1.37.1'],
    ]);
  });
});

describe('the newest kOps that runs the Kubernetes', () => {
  test('is what is proposed', () => {
    expect(told('1.34.3', '1.30.14')[0]).toEqual([
      'required',
      'kops-ended',
      'kOps 1.34 has had no fixes since kOps 1.36 came out, on 2026-07-15: take 1.35.2, the newest that runs Kubernetes 1.30',
    ]);
  });

  test('may be the one that is there', () => {
    const [[, , message] = []] = told('1.33.2', '1.28.15');
    expect(message).toBe(
      'kOps 1.33 has had no fixes since kOps 1.35 came out, on 2026-03-18: no newer one runs Kubernetes 1.28, so upgrade that first',
    );
  });

  test('of one that is newer than what is known: four minor releases back', () => {
    const newer = { ...channel, kopsVersions: [{ recommendedVersion: '1.38.0' }] };
    const data = { ...known, kops: { ...known.kops, channel: newer } };
    expect(judge('1.36.2', '1.34.10', TODAY, 90, data).kops?.upgrade).toBe('1.38.0');
    expect(judge('1.36.1', '1.33.13', TODAY, 90, data).kops?.upgrade).toBe('1.36.2');
  });
});

test('a channel requires a kOps', () => {
  expect(judge('1.33.0', '1.33.13').kops).toMatchObject({ required: '1.33.1', upgrade: '1.36.2' });
  expect(told('1.33.0', '1.33.13')[0]).toEqual([
    'required',
    'kops-required',
    'kOps 1.33.0 refuses to work, its channel asks for 1.33.1 or later: take 1.36.2',
  ]);
});

test('a channel requires a Kubernetes', () => {
  expect(told('1.36.2', '1.36.0')).toEqual([
    [
      'required',
      'kubernetes-required',
      'kOps refuses Kubernetes 1.36.0, its channel asks for 1.36.1 or later: take 1.36.3',
    ],
  ]);
  expect(judge('1.36.2', '1.36.1').kubernetes?.required).toBeUndefined();
});

describe('the end of life of Kubernetes', () => {
  test.each([
    ['2026-11-29', 'current', 91],
    ['2026-11-30', 'soon', 90],
    ['2027-02-28', 'soon', 0],
    ['2027-03-01', 'required', -1],
  ])('on %s a Kubernetes that ends on 2027-02-28 is %s', (today, status, days) => {
    const judgement = judge('1.36.2', '1.35.7', today);
    expect(judgement.status).toBe(status);
    expect(judgement.kubernetes?.endOfLife).toEqual({ date: '2027-02-28', days });
  });

  test('how near is near can be said', () => {
    expect(judge('1.36.2', '1.35.7', '2026-11-30', 89).status).toBe('current');
    expect(judge('1.36.2', '1.35.7', '2027-02-28', 0).status).toBe('soon');
    expect(judge('1.36.2', '1.35.7', '2027-02-27', 0).status).toBe('current');
  });

  test('leads to the next minor release', () => {
    expect(told('1.36.2', '1.35.7', '2027-01-01')).toEqual([
      ['soon', 'kubernetes-ending', 'Kubernetes 1.35 gets no fixes after 2027-02-28: take 1.36.3'],
    ]);
  });

  test('leads over those that end, too, one after the other', () => {
    expect(told('1.36.2', '1.33.13')).toEqual([
      [
        'required',
        'kubernetes-ended',
        'Kubernetes 1.33 has had no fixes since 2026-06-28: take 1.34.10, and go on to 1.35, one minor release at a time',
      ],
    ]);
  });

  test('needs a newer kOps first, where that does not run the next one', () => {
    const soon = told('1.35.2', '1.35.7', '2027-01-01')[0]?.[2];
    expect(soon).toBe('Kubernetes 1.35 gets no fixes after 2027-02-28: take kOps 1.36.2 first, then 1.36.3');
    expect(judge('1.35.2', '1.35.7').kubernetes?.next).toEqual({ version: '1.36.3', needsNewerKops: true });
  });

  test('names the minor release of the kOps that it takes where none is known that does', () => {
    const newer = [{ range: '>=1.37.0', recommendedVersion: '1.37.1' }, ...channel.kubernetesVersions];
    const data = { ...known, kops: { ...known.kops, channel: { ...channel, kubernetesVersions: newer } } };
    const [[, , message] = []] = told('1.36.2', '1.36.3', '2027-07-01', 90, data);
    expect(message).toBe(
      'Kubernetes 1.36 has had no fixes since 2027-06-28: take kOps 1.37 first, then 1.37.1',
    );
  });

  test('leads nowhere yet where the channel knows no next one', () => {
    const { kubernetes, advice } = judge('1.36.2', '1.36.3', '2027-07-01');
    expect(kubernetes?.next).toBeUndefined();
    expect(advice[0]?.message).toContain('take 1.37 as soon as a kOps runs it');
  });

  test('leads to one of which the channel says nothing, where a kOps runs it', () => {
    const { kubernetes, advice } = judge('1.36.2', '1.32.13', TODAY, 90, {
      ...known,
      kops: { ...known.kops, channel: { kubernetesVersions: [], kopsVersions: [] } },
      kubernetes: { ...known.kubernetes, endOfLife: { '1.32': '2026-02-28' } },
    });
    expect(kubernetes?.next).toBeUndefined();
    expect(advice[0]?.message).toBe('Kubernetes 1.32 has had no fixes since 2026-02-28: take 1.33');
  });

  test('is not known of a minor release that nobody told', () => {
    const { kubernetes, status } = judge('1.33.2', '1.31.14');
    expect(kubernetes?.endOfLife).toBeUndefined();
    expect(status).toBe('required');
  });
});

describe('a kOps', () => {
  test('refuses an old Kubernetes', () => {
    expect(judge('1.36.2', '1.30.14').kubernetes?.kopsSupport).toBe('refused');
    expect(told('1.36.2', '1.29.15')[0]?.slice(0, 2)).toEqual(['required', 'kubernetes-refused']);
    expect(told('1.36.2', '1.29.15')[0]?.[2]).toMatch(/^kOps 1\.36 refuses Kubernetes 1\.29: take 1\.30\.14/);
  });

  test('calls one deprecated', () => {
    expect(told('1.36.2', '1.34.10', '2026-01-01')).toEqual([
      [
        'soon',
        'kubernetes-deprecated',
        'kOps 1.36 calls Kubernetes 1.34 deprecated, a later one refuses it: take 1.35.7',
      ],
    ]);
  });

  test('of a release that is not known says nothing of it', () => {
    expect(judge('1.40.0', '1.35.7').kubernetes?.kopsSupport).toBeUndefined();
  });
});

test('a build of your own is not replaced by a release, but ends with its minor release', () => {
  const address = 'https://example.com/builds/v1.36.0-mine';
  expect(judge('1.36.2', address).kubernetes).toMatchObject({
    version: address,
    upgrade: undefined,
    required: undefined,
    endOfLife: { date: '2027-06-28' },
  });
  expect(judge('1.36.2', address).status).toBe('current');
});

test.each([undefined, '', 'https://example.com/builds/mine'])(
  'a Kubernetes that is not known: %j',
  (text) => {
    const { status, kubernetes, advice } = judge('1.36.2', text);
    expect({ status, kubernetes }).toEqual({ status: 'unknown', kubernetes: undefined });
    expect(advice.map(({ code }) => code)).toEqual(['kubernetes-unknown']);
    // Its kOps is judged all the same, and comes first.
    expect(judge('1.36.0', text)).toMatchObject({ status: 'newer', kops: { upgrade: '1.36.2' } });
  },
);

test('a kOps version that is none is not judged', () => {
  expect(judge('newest', '1.35.7')).toMatchObject({ status: 'unknown', kops: undefined });
});

test('the most pressing comes first', () => {
  expect(told('1.36.0', '1.33.13').map(([level]) => level)).toEqual(['required', 'newer']);
});

test('without any channel the releases are still known', () => {
  const none = { kubernetesVersions: [], kopsVersions: [] };
  const data = { ...known, kops: { ...known.kops, channel: none } };
  const { kops, kubernetes } = judge('1.35.2', '1.35.2', TODAY, 90, data);
  expect(kops).toMatchObject({ newest: '1.36.2', upgrade: '1.36.2' });
  expect(kubernetes).toMatchObject({ upgrade: undefined, next: undefined });
});
