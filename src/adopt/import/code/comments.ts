import type { ManifestComment, Path } from '../imported-cluster';
import type { Code, Commented, ItemCode, MemberCode } from './model';

/** Code with comments in it, and those that it has no place for. */
export interface CommentedCode {
  readonly code: Code;
  readonly rest: readonly ManifestComment[];
}

/** A member or an item, as it is found in the code. */
type Spot = MemberCode | ItemCode;

/** Where a comment goes. */
interface Target {
  readonly spot: Spot;
  readonly origin: Path;
}

/** What is put around a spot. */
interface Around {
  readonly before: string[];
  readonly after: string[];
  beside?: string;
}

/**
 * Puts each comment to the member or item that is made from what it stood at; where there is none, to the first one that is
 * made from a part of that, or else to the nearest that is made from what is around it, with words that say what it stood at.
 * None is lost: what the code says nothing of is handed back.
 */
export function placeComments(code: Code, comments: readonly ManifestComment[]): CommentedCode {
  const index = indexOf(spotsIn(code));
  const placed = new Map<Spot, Around>();
  const rest: ManifestComment[] = [];
  for (const comment of comments) {
    const target = targetOf(comment.path, index);
    if (target) place(comment, target, placed);
    else rest.push(comment);
  }
  return { code: placed.size === 0 ? code : commented(code, placed), rest };
}

/** All members and items, each before those inside it. */
function spotsIn(code: Code): Spot[] {
  if (code.kind === 'call') return code.arguments.flatMap(spotsIn);
  const spots: readonly Spot[] =
    code.kind === 'object' ? code.members : code.kind === 'list' ? code.items : [];
  return spots.flatMap((spot) => [spot, ...spotsIn(spot.value)]);
}

/** Spots by their ways into the documents, as text. */
interface Index {
  /** By the way itself. */
  readonly exact: ReadonlyMap<string, Target>;
  /** By each way that leads to it: the first spot that is made from a part of what is there. */
  readonly parts: ReadonlyMap<string, Target>;
}

function indexOf(spots: readonly Spot[]): Index {
  const exact = new Map<string, Target>();
  const parts = new Map<string, Target>();
  for (const spot of spots) {
    for (const origin of spot.origins ?? []) {
      const target = { spot, origin };
      for (let length = 0; length < origin.length; length++) setFirst(parts, origin.slice(0, length), target);
      setFirst(exact, origin, target);
    }
  }
  return { exact, parts };
}

function setFirst(index: Map<string, Target>, path: Path, target: Target) {
  const key = JSON.stringify(path);
  if (!index.has(key)) index.set(key, target);
}

function targetOf(path: Path, { exact, parts }: Index): Target | undefined {
  const at = (index: ReadonlyMap<string, Target>, length: number) =>
    index.get(JSON.stringify(path.slice(0, length)));
  let target = at(exact, path.length);
  // A comment on a whole document, or on all of its spec, says nothing about the first field in it.
  if (path.filter((step) => typeof step === 'string').length > 1) target ??= at(parts, path.length);
  for (let length = path.length - 1; length >= 0; length--) target ??= at(exact, length);
  return target;
}

function place(
  { path, place: at, text }: ManifestComment,
  { spot, origin }: Target,
  placed: Map<Spot, Around>,
) {
  const around = placed.get(spot) ?? { before: [...(spot.before ?? [])], after: [], beside: spot.beside };
  placed.set(spot, around);
  const isExact = origin.length === path.length;
  const holds = spot.value.kind === 'object' || spot.value.kind === 'list';
  if (isExact && at === 'beside' && around.beside === undefined) around.beside = text;
  else if (isExact && at === 'after' && holds) around.after.push(text);
  else around.before.push(origin.length < path.length ? told(path, origin, text) : text);
}

/** The text with what it stood at: `enableNodePort: for the load balancer`. */
function told(path: Path, origin: Path, text: string): string {
  const below = path.slice(origin.length);
  // An index alone says little: `subnets[1].zone`.
  const way = typeof below[0] === 'number' && origin.length > 0 ? [...origin.slice(-1), ...below] : below;
  const at = way
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
  return `${at}:${text.includes('\n') ? '\n' : ' '}${text}`;
}

function commented(code: Code, placed: ReadonlyMap<Spot, Around>): Code {
  switch (code.kind) {
    case 'object':
      return { ...code, members: code.members.map((member) => around(member, placed)) };
    case 'list':
      return { ...code, items: code.items.map((item) => around(item, placed)) };
    case 'call':
      return { ...code, arguments: code.arguments.map((argument) => commented(argument, placed)) };
    default:
      return code;
  }
}

function around<T extends Commented & { readonly value: Code }>(
  spot: T,
  placed: ReadonlyMap<Spot, Around>,
): T {
  const value = commented(spot.value, placed);
  const comments = placed.get(spot as unknown as Spot);
  if (!comments) return { ...spot, value };
  const { before, beside, after } = comments;
  const holder = value.kind === 'object' || value.kind === 'list';
  return {
    ...spot,
    value: holder && after.length > 0 ? { ...value, after: [...(value.after ?? []), ...after] } : value,
    ...(before.length > 0 && { before }),
    ...(beside !== undefined && { beside }),
  };
}
