import { isDeepStrictEqual } from 'node:util';
import { hasNull } from '../../core';
import { COMMON_CLASS } from './common-class-name';
import type { FittedConstruct, FittedProp, FittedProps } from './fit/fitted';
import { overlay, weight } from './fit/override';

/** What clusters have in common, and what each is besides. */
export interface Factored {
  /** Props that most of them have. */
  readonly common: FittedProps;
  /** The constructs of the clusters without those, in the order in which they were given. */
  readonly clusters: readonly FittedConstruct[];
}

/** Every cluster says by itself where it is; the constructor asks for it. */
const OWN: readonly string[] = ['zones'];

/** What a cluster has that does not say it. */
const USUAL: Readonly<Record<string, unknown>> = { defaults: 'secure', topology: 'public', bastion: false };

/**
 * Takes out of clusters what most of them have: the others say what they have instead. `undefined` where that is nothing.
 * @param clusters - L2 constructs of clusters
 */
export function factor(clusters: readonly FittedConstruct[]): Factored | undefined {
  const all = clusters.map(({ props }) => props);
  const names = [...new Set(all.flatMap((props) => Object.keys(props)))];
  const common: Record<string, FittedProp> = {};
  for (const name of names) {
    if (OWN.includes(name)) continue;
    const prop = name === 'spec' ? commonSpec(all) : most(all.map((props) => props[name]));
    // The others have to say it otherwise.
    if (name !== 'spec' && !(name in USUAL) && all.some((props) => !props[name])) continue;
    // It came from all of them, so comments on it stay with each.
    if (prop) common[name] = { value: prop.value, ...(prop.code && { code: prop.code }) };
  }
  if (Object.keys(common).length === 0) return undefined;
  return {
    common,
    clusters: clusters.map((cluster) => ({
      ...cluster,
      className: COMMON_CLASS,
      props: without(cluster.props, common),
    })),
  };
}

/** The value that more than half have. */
function most(props: readonly (FittedProp | undefined)[]): FittedProp | undefined {
  return props.find((prop) => {
    const alike = props.filter((other) => other && prop && isDeepStrictEqual(other.value, prop.value));
    return prop !== undefined && alike.length >= 2 && alike.length > props.length / 2;
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** Of `spec`, the fields that more than half have, where the others can take them back. */
function commonSpec(all: readonly FittedProps[]): FittedProp | undefined {
  const specs = all.map(({ spec }) => (spec?.value ?? {}) as Fields);
  const fields = [...new Set(specs.flatMap((spec) => Object.keys(spec)))];
  const common = fields.flatMap((field): [string, unknown][] => {
    const prop = most(specs.map((spec) => (Object.hasOwn(spec, field) ? { value: spec[field] } : undefined)));
    return prop && specs.every((spec) => instead(prop.value, spec, field) !== undefined)
      ? [[field, prop.value]]
      : [];
  });
  return common.length > 0 ? { value: Object.fromEntries(common) } : undefined;
}

/** What a cluster says of a field that others have otherwise; `undefined` where `merge` cannot say it. */
function instead(common: unknown, spec: Fields, field: string): Fields | undefined {
  if (!Object.hasOwn(spec, field)) return { [field]: null };
  const own = spec[field];
  if (isDeepStrictEqual(own, common)) return {};
  // In what is laid over, null means "take away": it cannot stand for a null that shall remain.
  if (hasNull(own) || hasNull(common)) return undefined;
  const { override, patches } = overlay({ [field]: common }, { [field]: own });
  return override && patches.length === 0 ? override : undefined;
}

function without(props: FittedProps, common: FittedProps): FittedProps {
  const result: Record<string, FittedProp> = {};
  for (const [name, prop] of Object.entries(props)) {
    if (name !== 'spec' && common[name] && isDeepStrictEqual(common[name].value, prop.value)) continue;
    result[name] = prop;
  }
  for (const name of Object.keys(common)) {
    if (name !== 'spec' && !props[name]) result[name] = { value: USUAL[name] };
  }
  if (common.spec) {
    const own = (props.spec?.value ?? {}) as Fields;
    const shared = common.spec.value as Fields;
    const rest = Object.fromEntries(Object.entries(own).filter(([field]) => !Object.hasOwn(shared, field)));
    for (const field of Object.keys(shared)) Object.assign(rest, instead(shared[field], own, field));
    delete result.spec;
    if (Object.keys(rest).length > 0) result.spec = { value: rest, origins: props.spec?.origins ?? [] };
  }
  return result;
}

/** How much less there is to read with what is common said once. */
export function savedBy({ common, clusters }: Factored, before: readonly FittedConstruct[]): number {
  const sum = (constructs: readonly FittedConstruct[]) =>
    constructs.reduce(
      (total, { props }) =>
        total + Object.values(props).reduce((own, { value }) => own + weight(value ?? null), 0),
      0,
    );
  return (
    sum(before) - sum(clusters) - Object.values(common).reduce((own, { value }) => own + weight(value), 0)
  );
}
