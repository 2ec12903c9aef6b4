/**
 * Spells the place of a problem.
 */

/**
 * `spec.etcdClusters[main].etcdMembers[0].volumeSize`: a member by its name, an item of a list by the item's own
 * `name` where every item has one of its own, else by its index, and an entry of a map by its key in brackets.
 *
 * @param root - the document
 * @param keys - how to get from there to the place: names and indexes
 * @param maps - how many keys lead to each map on the way: `metadata.labels` is at 2
 */
export function spell(root: unknown, keys: readonly (string | number)[], maps: readonly number[]): string {
  let text = '';
  let value: unknown = root;
  keys.forEach((key, depth) => {
    if (typeof key === 'number') text += `[${itemName(value, key)}]`;
    else if (maps.includes(depth) || !/^[\w$-]+$/.test(key)) text += `[${key}]`;
    else text += text === '' ? key : `.${key}`;
    value = (value as Record<string | number, unknown>)[key];
  });
  return text;
}

/** The name of an item, or its index where names do not tell the items apart. */
function itemName(list: unknown, index: number): string | number {
  const names = (list as readonly unknown[]).map((item) =>
    typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined,
  );
  const own = names[index];
  const isUnique =
    names.every((name) => typeof name === 'string' && name !== '') && new Set(names).size === names.length;
  return isUnique && typeof own === 'string' ? own : index;
}
