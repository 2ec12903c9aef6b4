import gt from 'semver/functions/gt';
import { given, isMap, UserError } from '../../core';
import { parseRange, parseVersion, type Version } from './version';

/** What a channel says of the versions in a range. */
export interface ChannelRule {
  /** Such as `>=1.35.0`; without it the rule holds for all. */
  readonly range?: string;
  /** kOps proposes this version to clusters that have an older one. */
  readonly recommendedVersion?: string;
  /** kOps does nothing for a cluster that has an older one. */
  readonly requiredVersion?: string;
}

/** What kOps proposes and requires: the part of its channels that is about versions. */
export interface Channel {
  /** Of Kubernetes; the first rule that holds for a version counts. */
  readonly kubernetesVersions: readonly ChannelRule[];
  /** The same of kOps. */
  readonly kopsVersions: readonly ChannelRule[];
}

const LISTS = ['kubernetesVersions', 'kopsVersions'] as const;
const VERSIONS = ['recommendedVersion', 'requiredVersion'] as const;

/**
 * Reads the text of a channel.
 *
 * kOps itself passes over a rule that it cannot read. Here that is an error: what would be left is another answer than
 * the one that the channel's author meant.
 * @param name - what the channel is called in messages
 * @throws UserError where it is none: it says where in it
 */
export function parseChannel(text: string, name: string): Channel {
  const fail = (message: string): never => {
    throw new UserError(`${name}: ${message}`);
  };
  const { spec } = readMap(text, fail);
  if (!isMap(spec)) return fail(`expected a channel of kOps, with a field spec, got ${given(spec)} for it`);
  const [kubernetesVersions = [], kopsVersions = []] = LISTS.map((list) => readRules(spec, list, fail));
  if (kubernetesVersions.length + kopsVersions.length === 0) {
    return fail(`expected a channel of kOps, but spec has neither ${LISTS.join(' nor ')}`);
  }
  return { kubernetesVersions, kopsVersions };
}

/** The rule that holds for a version. Source: FindKubernetesVersionSpec in kOps's pkg/apis/kops/channel.go. */
export function ruleFor(rules: readonly ChannelRule[], version: Version): ChannelRule | undefined {
  return rules.find(({ range }) => range === undefined || parseRange(range)?.(version));
}

/**
 * The version that a rule recommends or requires, where that is a newer one.
 * Source: FindRecommendedUpgrade and IsUpgradeRequired in kOps's pkg/apis/kops/channel.go.
 */
export function newerBy(
  rule: ChannelRule | undefined,
  field: (typeof VERSIONS)[number],
  version: Version,
): Version | undefined {
  const other = parseVersion(rule?.[field] ?? '');
  return other && gt(other, version) ? other : undefined;
}

type Fail = (message: string) => never;

function readMap(text: string, fail: Fail): Readonly<Record<string, unknown>> {
  // Loaded here: the data that the package brings are no YAML.
  const { parse } = require('yaml') as typeof import('yaml');
  let value: unknown;
  try {
    value = parse(text, { prettyErrors: false });
  } catch (error) {
    return fail(`is no YAML: ${(error as Error).message}`);
  }
  return isMap(value) ? value : fail(`expected a channel of kOps, got ${given(value)}`);
}

function readRules(spec: Readonly<Record<string, unknown>>, list: string, fail: Fail): ChannelRule[] {
  const rules = spec[list] ?? [];
  if (!Array.isArray(rules)) return fail(`spec.${list}: expected a list, got ${given(rules)}`);
  return rules.map((rule: unknown, index): ChannelRule => {
    const at = `spec.${list}[${index}]`;
    if (!isMap(rule)) return fail(`${at}: expected an object with range, got ${given(rule)}`);
    const text = (field: keyof ChannelRule, isRight: (value: string) => unknown, expected: string) => {
      const value = rule[field] ?? undefined;
      if (value === undefined || value === '') return {};
      if (typeof value === 'string' && isRight(value)) return { [field]: value };
      return fail(`${at}.${field}: expected ${expected}, got ${given(value)}`);
    };
    return {
      ...text('range', parseRange, 'a range such as ">=1.35.0 <1.36.0"'),
      ...text('recommendedVersion', parseVersion, 'a version such as "1.35.1"'),
      ...text('requiredVersion', parseVersion, 'a version such as "1.35.1"'),
    };
  });
}
