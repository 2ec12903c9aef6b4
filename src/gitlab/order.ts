import { setOwn } from '../core';
import type { ArtifactsContent } from './artifacts';
import type { AutoCancel } from './auto-cancel';
import type { Cache } from './cache';
import type { Default } from './default';
import type { Environment } from './environment';
import type { Service } from './image';
import type { Job } from './job';
import type { Rule } from './rules';
import type { Workflow } from './workflow';

/** In which order the members of an object are written. */
export interface Order {
  /** The known members, first to last; others follow as they come. */
  readonly keys: readonly string[];
  /** The order inside some of the members. Lists are looked through. */
  readonly inside?: Readonly<Record<string, Order>>;
}

/** Takes all members of `T` in their order; the compiler names one that is left out. */
function all<T>() {
  return <const K extends readonly (keyof T)[]>(
    keys: K & ([keyof T] extends [K[number]] ? unknown : { missing: Exclude<keyof T, K[number]> }),
  ): readonly string[] => keys as readonly string[];
}

const RULE: Order = {
  keys: all<Rule & { auto_cancel?: AutoCancel }>()([
    'if',
    'changes',
    'exists',
    'when',
    'start_in',
    'allow_failure',
    'interruptible',
    'variables',
    'needs',
    'auto_cancel',
  ]),
  inside: { changes: { keys: ['paths', 'compare_to'] }, exists: { keys: ['paths', 'project', 'ref'] } },
};

const NEED: Order = { keys: ['project', 'ref', 'pipeline', 'job', 'artifacts', 'optional', 'parallel'] };

const IMAGE: Order = {
  keys: all<Service>()([
    'name',
    'alias',
    'entrypoint',
    'command',
    'variables',
    'pull_policy',
    'docker',
    'kubernetes',
  ]),
};

const ENVIRONMENT: Order = {
  keys: all<Environment>()([
    'name',
    'url',
    'action',
    'deployment_tier',
    'on_stop',
    'auto_stop_in',
    'kubernetes',
  ]),
};

const CACHE: Order = {
  keys: all<Cache>()(['key', 'paths', 'untracked', 'unprotect', 'policy', 'when', 'fallback_keys']),
};

const ARTIFACTS: Order = {
  keys: [
    ...all<ArtifactsContent>()([
      'name',
      'paths',
      'exclude',
      'untracked',
      'reports',
      'expose_as',
      'when',
      'expire_in',
    ]),
    'access',
    'public',
  ],
};

const INCLUDE: Order = {
  keys: [
    'local',
    'project',
    'ref',
    'file',
    'remote',
    'integrity',
    'template',
    'component',
    'artifact',
    'job',
    'inputs',
    'rules',
  ],
  inside: { rules: RULE },
};

/** What both jobs and `default` hold. */
const INSIDE: Readonly<Record<string, Order>> = {
  image: IMAGE,
  services: IMAGE,
  cache: CACHE,
  artifacts: ARTIFACTS,
  retry: { keys: ['max', 'when', 'exit_codes'] },
};

/** A job: what it is and where it runs, then when, then what it does, then what is left of it. */
export const JOB_ORDER: Order = {
  keys: all<Job>()([
    'extends',
    'stage',
    'image',
    'services',
    'tags',
    'environment',
    'resource_group',
    'identity',
    'id_tokens',
    'secrets',
    'inherit',
    'variables',
    'rules',
    'needs',
    'dependencies',
    'when',
    'start_in',
    'manual_confirmation',
    'allow_failure',
    'interruptible',
    'timeout',
    'retry',
    'parallel',
    'trigger',
    'cache',
    'hooks',
    'before_script',
    'script',
    'run',
    'after_script',
    'coverage',
    'artifacts',
    'release',
    'pages',
  ]),
  inside: {
    ...INSIDE,
    environment: ENVIRONMENT,
    rules: { ...RULE, inside: { ...RULE.inside, needs: NEED } },
    needs: NEED,
    trigger: {
      keys: ['project', 'branch', 'include', 'strategy', 'forward', 'inputs'],
      inside: { include: INCLUDE },
    },
  },
};

/** The blocks of a file that are not jobs. */
export const FILE_ORDER: Order = {
  keys: ['workflow', 'stages', 'default', 'variables', 'include'],
  inside: {
    workflow: { keys: all<Workflow>()(['name', 'auto_cancel', 'rules']), inside: { rules: RULE } },
    default: {
      keys: all<Default>()([
        'image',
        'services',
        'tags',
        'id_tokens',
        'interruptible',
        'timeout',
        'retry',
        'cache',
        'hooks',
        'before_script',
        'after_script',
        'artifacts',
      ]),
      inside: INSIDE,
    },
    include: INCLUDE,
  },
};

/** Copies plain data in the given order and leaves out members that are undefined. */
export function inOrder(value: unknown, order?: Order): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = new Array(value.length);
    for (let index = 0; index < value.length; index++) items[index] = inOrder(value[index], order);
    return items;
  }
  const given = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const key of order ? sorted(Object.keys(given), ranks(order)) : Object.keys(given)) {
    const member = given[key];
    if (member !== undefined) setOwn(copy, key, inOrder(member, order?.inside && own(order.inside, key)));
  }
  return copy;
}

/** Members that the order does not know stay as they came, at the end. Few objects are not in order already. */
function sorted(keys: string[], rank: ReadonlyMap<string, number>): string[] {
  let last = 0;
  for (const key of keys) {
    const next = rank.get(key) ?? rank.size;
    if (next < last) return keys.sort((a, b) => (rank.get(a) ?? rank.size) - (rank.get(b) ?? rank.size));
    last = next;
  }
  return keys;
}

const known = new WeakMap<Order, ReadonlyMap<string, number>>();

function ranks(order: Order): ReadonlyMap<string, number> {
  let found = known.get(order);
  if (!found) {
    found = new Map(order.keys.map((key, index) => [key, index]));
    known.set(order, found);
  }
  return found;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
