import type { ClusterOverview } from '../delivery/overview';
import {
  type KnownReleases,
  LEVELS,
  type Level,
  type Outlook,
  type VersionJudgement,
} from '../kops/upgrades';
import { count } from './report';
import { outputStyle } from './style';
import { table } from './table';

/** A cluster of the fleet with what there is to say of its versions; of a retired one that is nothing. */
export type JudgedCluster = ClusterOverview & {
  readonly wave: string;
  readonly judgement: VersionJudgement | undefined;
};

/** What was found, and by which knowledge. */
export interface OutdatedFleet {
  readonly clusters: readonly JudgedCluster[];
  readonly known: KnownReleases;
  /** The channel that was read; undefined: the one that ships with this package. */
  readonly channel: string | undefined;
  readonly outlook: Outlook;
}

/** The version of the JSON's shape; a later cdkops may print another. */
const FORMAT = 1;

/** How many clusters are named where the same is said of many. */
const NAMED = 5;

/** One line a cluster, then what to do, then of which day that is. */
export function outdatedAsText(found: OutdatedFleet): string {
  const rows = found.clusters.map(row);
  const advice = adviceLines(found.clusters);
  const how =
    advice.length === 0
      ? ''
      : 'Change kops or kubernetesVersion in the code, synthesise, roll out wave by wave: kOps first, unless it says otherwise above.\n';
  return [
    table(['wave', 'cluster', 'kOps', 'Kubernetes', 'next', 'end of life', ''], rows),
    advice.map((lines) => `${lines}\n`).join(''),
    how,
    `${totals(found.clusters)}\n${sources(found)}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The same for programs. */
export function outdatedAsJson({ clusters, known, channel, outlook }: OutdatedFleet): string {
  const result = {
    format: FORMAT,
    ...outlook,
    sources: {
      channel: { name: channel ?? 'stable', asOf: channel === undefined ? known.kops.asOf : null },
      kopsReleases: { asOf: known.kops.asOf },
      endOfLife: { asOf: known.kubernetes.asOf },
    },
    clusters: clusters.map(clusterAsJson),
  };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}

function clusterAsJson({ wave, name, kops, kubernetes, judgement }: JudgedCluster) {
  const [ofKops, ofKubernetes] = [judgement?.kops, judgement?.kubernetes];
  return {
    wave,
    name,
    status: judgement?.status ?? 'retired',
    kops: {
      version: kops ?? null,
      newest: ofKops?.newest ?? null,
      upgrade: ofKops?.upgrade ?? null,
      required: ofKops?.required ?? null,
      maintained: ofKops?.isMaintained ?? null,
      endedOn: ofKops?.endedOn ?? null,
    },
    kubernetes: {
      version: kubernetes ?? null,
      upgrade: ofKubernetes?.upgrade ?? null,
      required: ofKubernetes?.required ?? null,
      next: ofKubernetes?.next ?? null,
      endOfLife: ofKubernetes?.endOfLife ?? null,
      kopsSupport: ofKubernetes?.kopsSupport ?? null,
    },
    advice: judgement?.advice ?? [],
  };
}

function row({ wave, name, kops, kubernetes, judgement }: JudgedCluster): string[] {
  const [ofKops, ofKubernetes] = [judgement?.kops, judgement?.kubernetes];
  return [
    wave,
    name,
    change(kops, ofKops),
    change(kubernetes, ofKubernetes),
    next(ofKubernetes?.next),
    endOfLife(ofKubernetes?.endOfLife),
    STYLES[judgement?.status ?? 'retired'](judgement?.status ?? 'retired'),
  ];
}

const STYLES: Readonly<Record<Level | 'current' | 'retired', (text: string) => string>> = {
  required: outputStyle.red,
  soon: outputStyle.yellow,
  newer: outputStyle.cyan,
  unknown: outputStyle.dim,
  current: outputStyle.dim,
  retired: outputStyle.dim,
};

/** `1.34.3 → 1.36.2, at least 1.35.0`. */
function change(
  now: string | undefined,
  to: { readonly upgrade?: string; readonly required?: string } | undefined,
): string {
  const upgrade = to?.upgrade === undefined ? '' : ` → ${to.upgrade}`;
  const required = to?.required === undefined ? '' : `, at least ${to.required}`;
  return `${now ?? '-'}${upgrade}${required}`;
}

function next(to: { readonly version: string; readonly needsNewerKops: boolean } | undefined): string {
  if (!to) return '-';
  return to.needsNewerKops ? `${to.version} (newer kOps)` : to.version;
}

function endOfLife(end: { readonly date: string; readonly days: number } | undefined): string {
  if (!end) return '-';
  const days = count(Math.abs(end.days), 'day');
  if (end.days === 0) return `${end.date}, today`;
  return end.days > 0 ? `${end.date}, in ${days}` : `${end.date}, ${days} ago`;
}

/** What to do, most pressing first, each with the clusters that it is about. */
function adviceLines(clusters: readonly JudgedCluster[]): string[] {
  return LEVELS.flatMap((level) => {
    const names = new Map<string, string[]>();
    for (const { name, judgement } of clusters) {
      for (const advice of judgement?.advice ?? []) {
        if (advice.level !== level) continue;
        names.set(advice.message, [...(names.get(advice.message) ?? []), name]);
      }
    }
    return [...names].map(([message, who]) => {
      const named = who.slice(0, NAMED).join(', ');
      const more = who.length > NAMED ? ` and ${who.length - NAMED} more` : '';
      return `${STYLES[level](level)} ${message}\n  ${named}${more}`;
    });
  });
}

function totals(clusters: readonly JudgedCluster[]): string {
  const numbers = [...LEVELS, 'current', 'retired'].flatMap((status) => {
    const number = clusters.filter(({ judgement }) => (judgement?.status ?? 'retired') === status).length;
    return number === 0 ? [] : `${number} ${status}`;
  });
  return [count(clusters.length, 'cluster'), numbers.join(', ')].filter(Boolean).join(': ');
}

function sources({ known, channel, outlook }: OutdatedFleet): string {
  const [kops, kubernetes] = [known.kops.asOf, known.kubernetes.asOf];
  const parts = [
    channel === undefined
      ? `kOps's channel stable and releases as of ${kops}`
      : `channel ${channel}, read now`,
    channel === undefined ? '' : `kOps's releases as of ${kops}`,
    `ends of life as of ${kubernetes}`,
    `seen from ${outlook.today}`,
  ].filter(Boolean);
  const hint = channel === undefined ? '\nNewer than that: npx cdkops outdated --online asks kOps.' : '';
  return `${parts.join(', ')}${hint}`;
}
