import { isMap } from '../../core';
import { isLeftOut } from './left-out';

type Data = Readonly<Record<string, unknown>>;

/**
 * What a manifest wants, in the form in which kOps keeps it: where a value means what the live one means (`60s` and `1m0s`),
 * or where kOps writes nothing for it (an empty list), it is as live. All else stays as it was.
 */
export function sameToKops(wanted: unknown, live: unknown, member = '', parent = ''): unknown {
  if (isMap(wanted) && isMap(live)) return sameMembers(wanted, live, member);
  if (Array.isArray(wanted) && Array.isArray(live)) {
    return wanted.map((item, index) => sameToKops(item, twinOf(item, index, live), member, parent));
  }
  return meanSame(wanted, live, member) ? live : wanted;
}

function sameMembers(wanted: Data, live: Data, member: string): Data {
  const same: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(wanted)) {
    if (live[key] === undefined && isLeftOut(value, key, member)) continue;
    same[key] = sameToKops(value, live[key], key, member);
  }
  // kOps writes this one whether or not anybody asked for it.
  if (member === 'iam' && wanted.legacy === undefined && live.legacy === false) same.legacy = false;
  return same;
}

function twinOf(item: unknown, index: number, live: readonly unknown[]): unknown {
  if (!isMap(item) || typeof item.name !== 'string') return live[index];
  return live.find((one) => isMap(one) && one.name === item.name);
}

/** Members that are quantities of Kubernetes. */
const QUANTITIES = /(?:Request|Limit|qps|QPS|Qps|Tolerance)$|^(?:max|min)$/;

function meanSame(one: unknown, other: unknown, member: string): boolean {
  if (QUANTITIES.test(member)) {
    const [first, second] = [quantity(one), quantity(other)];
    if (first !== undefined && first === second) return true;
  }
  const [first, second] = [duration(one), duration(other)];
  return first !== undefined && first === second;
}

const SUFFIXES: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** The number that a quantity is, to twelve digits. */
function quantity(value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const { number, suffix = '' } =
    /^(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?<suffix>[KMGTPE]i|[numkMGTPE]|)$/.exec(
      String(value),
    )?.groups ?? {};
  if (number === undefined) return undefined;
  return (Number(number) * (SUFFIXES[suffix] ?? 1)).toPrecision(12);
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 },
};

/** The seconds of one of Go's durations. */
function duration(value: unknown): string | undefined {
  // Without a unit Go reads nothing but this.
  if (typeof value !== 'string' || !/^(?:0|(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+)$/.test(value))
    return undefined;
  let seconds = 0;
  for (const [, number, unit = ''] of value.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    seconds += Number(number) * (UNITS[unit] ?? 0);
  }
  return seconds.toPrecision(12);
}
