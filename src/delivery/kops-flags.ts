import coerce from 'semver/functions/coerce';
import lt from 'semver/functions/lt';
import type { Problem } from '../core';

/** The commands of kOps of which a release knows flags that one before did not. */
export type KopsCommand =
  | 'delete cluster'
  | 'export kubeconfig'
  | 'reconcile cluster'
  | 'rolling-update cluster'
  | 'update cluster'
  | 'validate cluster';

/**
 * The flags that came after kOps 1.26.0, each with the first release that has it, patch releases included; all other
 * flags that cdkops uses are in 1.26.0 already, and none of these has gone since (until 1.36.2).
 *
 * Source: `cmd/kops/<command>_cluster.go` (for instance `rolling-update_cluster.go`) and `export_kubeconfig.go` of each
 * release's tag; `--api-server` and `--use-kubeconfig` are made in `pkg/kubeconfig/create_kubecfg.go` (addCommonFlags).
 */
const FIRST_RELEASES: Readonly<Record<KopsCommand, Readonly<Record<string, string>>>> = {
  'delete cluster': { '--count': '1.29.0', '--interval': '1.29.0', '--wait': '1.29.0' },
  'export kubeconfig': { '--api-server': '1.32.1' },
  // The command itself is of 1.31.0.
  'reconcile cluster': {
    '--allow-kops-downgrade': '1.31.0',
    '--api-server': '1.35.1',
    '--use-kubeconfig': '1.35.1',
    '--yes': '1.31.0',
  },
  'rolling-update cluster': { '--admin': '1.32.0', '--api-server': '1.32.1', '--use-kubeconfig': '1.34.0' },
  'update cluster': {
    '--api-server': '1.32.1',
    '--ignore-kubelet-version-skew': '1.31.0',
    '--instance-group': '1.31.0',
    '--instance-group-roles': '1.31.0',
    '--prune': '1.29.0',
    '--use-kubeconfig': '1.34.0',
  },
  'validate cluster': { '--api-server': '1.32.1', '--interval': '1.29.0', '--use-kubeconfig': '1.34.0' },
};

/** The first release of kOps whose command knows a flag, for instance `1.32.1`; `undefined`: 1.26.0 or before. */
export function firstReleaseOf(command: KopsCommand, flag: string): string | undefined {
  return FIRST_RELEASES[command][flag];
}

/**
 * What is wrong where a kOps version does not know a flag of a command: it would fail with "unknown flag". A
 * pre-release counts as its release; of a version that is not known, or is none, nothing is said here.
 */
export function flagProblem(
  command: KopsCommand,
  flag: string,
  kopsVersion: string | undefined,
): Problem | undefined {
  const first = firstReleaseOf(command, flag);
  const version = coerce(kopsVersion);
  if (first === undefined || !version || !lt(version, first)) return undefined;
  return {
    message: `kOps ${kopsVersion} does not know ${flag} of "kops ${command}", which kOps ${first} has: leave it out here, or take a newer kOps`,
  };
}

/** Flags for kOps, none of which has a blank, and what is wrong with the options that they come from. */
export interface KopsFlags {
  /** For instance `--node-interval=30s`. */
  readonly flags: readonly string[];
  /** Each at its prop, for instance `rollingUpdate.excludeInstanceGroups`. */
  readonly problems: readonly Problem[];
}

/** What the value of a flag can be; a list becomes one flag, an empty one none. */
export type FlagValue = boolean | number | string | readonly string[];

/**
 * Options as flags of a command.
 * @param field the prop that has the options, for instance `rollingUpdate`
 * @param flags the flag of each option, in the order in which they are written
 */
export function kopsFlags<T extends object>(
  command: KopsCommand,
  field: string,
  flags: { readonly [Key in keyof T]-?: string },
  options: { readonly [Key in keyof T]?: FlagValue },
  kopsVersion: string | undefined,
): KopsFlags {
  const result: string[] = [];
  const problems: Problem[] = [];
  for (const name of Object.keys(flags) as (keyof T & string)[]) {
    const value = options[name];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    const problem = flagProblem(command, flags[name], kopsVersion);
    if (problem) problems.push({ ...problem, field: `${field}.${name}` });
    else result.push(`${flags[name]}=${Array.isArray(value) ? value.join(',') : value}`);
  }
  return { flags: result, problems };
}
