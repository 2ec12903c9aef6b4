import compare from 'semver/functions/compare';
import parse from 'semver/functions/parse';

/** A version, taken apart. */
export type Version = NonNullable<ReturnType<typeof parse>>;

/** With a "v" or without, and maybe without what is behind the first or second dot. */
const VERSION = /^\s*v?(?<major>\d+)(?:\.(?<minor>\d+)(?:\.(?<patch>\d+)(?<rest>[-+].+)?)?)?\s*$/;

/** What a comparator of a range looks like. */
const COMPARATOR = /^(?<operator>[<>]=?|={0,2}|!=?)(?<bound>\d.*)$/;

/** A bound that stands for all versions of a major or minor release: `1.x`, `1.35.x`. */
const WILDCARD = /^(?<major>\d+)\.(?:x|(?<minor>\d+)\.x)$/;

/**
 * A version as kOps reads it: `v1.35` is 1.35.0.
 * Source: ParseKubernetesVersion in kOps's pkg/apis/kops/util, and ParseTolerant of the package that it uses.
 *
 * @returns undefined where the text is no version
 */
export function parseVersion(text: string): Version | undefined {
  const { major, minor = '0', patch = '0', rest = '' } = VERSION.exec(text)?.groups ?? {};
  if (major === undefined) return undefined;
  return parse([major, minor, patch].map(Number).join('.') + rest) ?? undefined;
}

/** The minor release that a version belongs to: `1.35` for 1.35.2. */
export function minorOf({ major, minor }: Version): string {
  return `${major}.${minor}`;
}

/** Whether a version is in a range. */
export type Range = (version: Version) => boolean;

/**
 * A range as channels write it, such as `>=1.35.0-alpha.1 <1.36.0`: comparators that all must hold, and `||` between
 * such. A pre-release is older than its release, and no other rule holds for it.
 * Source: ParseRange of the package for versions that kOps uses.
 *
 * @returns undefined where the text is no range
 */
export function parseRange(text: string): Range | undefined {
  const alternatives = text
    .replace(/([<>=!])\s+/g, '$1')
    .split('||')
    .map((alternative) => alternative.trim().split(/\s+/).map(comparator));
  if (!alternatives.every((all) => all.every((one) => one !== undefined))) return undefined;
  return (version) => alternatives.some((all) => all.every((one) => one?.(version)));
}

function comparator(text: string): Range | undefined {
  const { operator = '', bound = '' } = COMPARATOR.exec(text)?.groups ?? {};
  const { major, minor } = WILDCARD.exec(bound)?.groups ?? {};
  if (major !== undefined)
    return wildcard(operator, Number(major), minor === undefined ? undefined : Number(minor));
  const other = parse(bound);
  if (!other) return undefined;
  const holds = HOLDS[operator.replace(/^(?:|==)$/, '=').replace(/^!$/, '!=')];
  return holds && ((version) => holds(compare(version, other)));
}

/** By the sign of a version's distance from the bound. */
const HOLDS: Readonly<Record<string, (sign: number) => boolean>> = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '=': (sign) => sign === 0,
  '!=': (sign) => sign !== 0,
  '>=': (sign) => sign >= 0,
  '>': (sign) => sign > 0,
};

function wildcard(operator: string, major: number, minor: number | undefined): Range | undefined {
  const first = `${major}.${minor ?? 0}.0`;
  const past = minor === undefined ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
  const ranges: Readonly<Record<string, string>> = {
    '<': `<${first}`,
    '<=': `<${past}`,
    '>=': `>=${first}`,
    '>': `>=${past}`,
  };
  // kOps never takes a version for one that is not among such, so nobody can mean it.
  return operator.startsWith('!') ? undefined : parseRange(ranges[operator] ?? `>=${first} <${past}`);
}
