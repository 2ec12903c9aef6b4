import { isMap, type JsonPatch } from '../../../core';
import { CLUSTER_LABEL } from '../../../kops/document';
import type { Origin } from '../code/data-code';
import { itemNames } from '../named-list';
import type { FittedProps } from './fitted';
import { overlay, weight } from './override';
import { type SplitObject, valueAt } from './split-fields';

type Fields = Readonly<Record<string, unknown>>;

/** What is laid over may change what follows from it: so often at most. */
const MOST_ROUNDS = 4;

/**
 * The props that lay over a construct what its other props do not say.
 * @param index - of the object among the cluster's documents
 * @param render - the spec that the construct renders with an override
 */
export function leftover(
  index: number,
  { document, spec, labels, annotations, unknownFields, patches }: SplitObject,
  render: (override: Fields | undefined) => Fields,
): FittedProps {
  let { override, patches: own } = overlay(render(undefined), spec);
  for (let round = 1; override && round < MOST_ROUNDS; round++) {
    const again = overlay(render(override), spec);
    own = again.patches;
    if (!again.override) break;
    override = both(override, again.override) as Fields;
  }
  const ownLabels = labelsOf(document.kind, labels);
  const origins = (...path: readonly string[]): Origin[] => [
    { path: [index, ...path], value: valueAt(document, path) },
  ];
  const all = [...own, ...patches];
  return {
    ...(override && { spec: { value: override, origins: origins('spec') } }),
    ...(ownLabels && { labels: { value: ownLabels, origins: origins('metadata', 'labels') } }),
    ...(annotations && { annotations: { value: annotations, origins: origins('metadata', 'annotations') } }),
    ...(unknownFields && { unknownFields: { value: unknownFields, origins: origins('spec') } }),
    ...(all.length > 0 && { patches: { value: all } }),
  };
}

/** Labels less the one by which kOps knows an object's cluster: constructs add that. */
function labelsOf(kind: string, labels: SplitObject['labels']): SplitObject['labels'] {
  if (kind === 'Cluster' || !labels) return labels;
  const { [CLUSTER_LABEL]: _cluster, ...own } = labels;
  return Object.keys(own).length > 0 ? own : undefined;
}

/** Patches have no types, and break where what they change moves: so many times as bad. */
const UNTYPED = 4;

/** How much there is to read in what is laid over. */
export function weightOfLeftover(override: Fields | undefined, patches: readonly JsonPatch[]): number {
  return (override ? 0.5 + weight(override) : 0) + UNTYPED * weight(patches) * Math.sign(patches.length);
}

/** Two overrides as one: the later one wins. */
function both(earlier: unknown, later: unknown): unknown {
  if (isMap(earlier) && isMap(later)) {
    const keys = [...new Set([...Object.keys(earlier), ...Object.keys(later)])];
    const members = keys.map((key) => {
      if (!Object.hasOwn(later, key)) return [key, earlier[key]];
      return [key, Object.hasOwn(earlier, key) ? both(earlier[key], later[key]) : later[key]];
    });
    return Object.fromEntries(members);
  }
  const [known, names] = [itemNames(earlier), itemNames(later)];
  if (!known || !names) return later;
  const items = (earlier as Fields[]).map((item, index) => {
    const at = names.indexOf(known[index] ?? '');
    return at < 0 ? item : both(item, (later as Fields[])[at]);
  });
  return [...items, ...(later as Fields[]).filter((_, index) => !known.includes(names[index] ?? ''))];
}
