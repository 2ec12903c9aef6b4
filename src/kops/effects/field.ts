/** A step on the way to a field: a member of a map, or an item of a list by its name or number. */
interface Step {
  readonly member: string;
  /** Whether it stood in brackets. */
  readonly isItem: boolean;
}

/**
 * A field as kOps writes it, in steps: `spec.subnets[a].cidr` goes over `spec`, `subnets`, the item `a` and
 * `cidr`.
 */
function stepsOf(field: string): Step[] {
  return [...field.matchAll(STEP)].map(([, item, member]) => ({
    member: item ?? member ?? '',
    isItem: item !== undefined,
  }));
}

/**
 * What is in brackets ends with the bracket that a new step or nothing follows: names may have brackets of
 * their own.
 */
const STEP = /\[(.*?)\](?=[.[]|$)|([^.[]+)/g;

/** The names that rules go by, from the field itself up to its first member: items of lists do not count. */
export function namesOf(field: string): string[] {
  const members = stepsOf(field).filter(({ isItem }) => !isItem);
  return members.map((_, index) =>
    members
      .slice(0, members.length - index)
      .map(({ member }) => member)
      .join('.'),
  );
}

/**
 * The name or number of the item that a field is in, below a list: `a` for `spec.subnets[a].cidr` below
 * `spec.subnets`.
 */
export function itemOf(field: string, list: string): string | undefined {
  if (!field.startsWith(`${list}[`)) return undefined;
  const [item] = stepsOf(field.slice(list.length));
  return item?.member;
}
