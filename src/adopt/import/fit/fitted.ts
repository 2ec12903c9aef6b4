import { dataCode, type Origin } from '../code/data-code';
import type { Code, MemberCode } from '../code/model';
import { weight } from './override';

/** A prop of a construct, found out from a manifest. */
export interface FittedProp {
  /** What the construct is given. */
  readonly value: unknown;
  /** Where in the manifests that stands. */
  readonly origins?: readonly Origin[];
  /**
   * How it is written.
   * @default - as the data that it is
   */
  readonly code?: Code;
}

/** Props by name. */
export type FittedProps = Readonly<Record<string, FittedProp>>;

/** A construct that renders as an object of the manifest, or several. */
export interface FittedConstruct {
  /** The class, as users import it. */
  readonly className: string;
  /** The second argument of its constructor; with `zones` a template, in which `${zone}` is one of them. */
  readonly id: string;
  /**
   * The zones, where it stands for one object a zone.
   * @default - it stands by itself
   */
  readonly zones?: readonly string[];
  readonly props: FittedProps;
  /** The objects that it renders, by their indexes among the cluster's documents. */
  readonly documents: readonly number[];
}

/** What the constructor gets. */
export function valuesOf(props: FittedProps): Record<string, unknown> {
  return Object.fromEntries(Object.entries(props).map(([name, { value }]) => [name, value]));
}

/** How much there is to read in props. */
export function weightOf(props: FittedProps): number {
  return weight(valuesOf(props));
}

/** The props as an object literal, in the order in which people read them. */
export function propsCode(props: FittedProps): Code {
  const names = Object.keys(props).sort((one, other) => rank(one) - rank(other));
  return {
    kind: 'object',
    members: names.map((name): MemberCode => {
      const { value, origins = [], code } = props[name] as FittedProp;
      // What is laid over is no place for comments on what it does not name.
      const own = LAID_OVER.includes(name) ? [] : origins.map(({ path }) => path);
      return { key: name, value: code ?? dataCode(value, origins), origins: own };
    }),
  };
}

const LAID_OVER = ['spec', 'unknownFields'];

/** What a construct is comes first, what is special about it last; props that are not named stand between. */
const FIRST = [
  'defaults',
  'stateStore',
  'kops',
  'kubernetesVersion',
  'role',
  'zones',
  'topology',
  'ipv6',
  'networking',
  'image',
  'machineType',
  'minSize',
  'maxSize',
  'spot',
  'subnets',
];
const LAST = [
  'controlPlane',
  'nodes',
  'bastion',
  'spec',
  'unknownFields',
  'labels',
  'annotations',
  'patches',
];

function rank(name: string): number {
  const first = FIRST.indexOf(name);
  if (first >= 0) return first;
  const last = LAST.indexOf(name);
  return last >= 0 ? FIRST.length + 1 + last : FIRST.length;
}
