import type { Cluster } from '../../../kops';
import type { KopsRelease } from '../../../kops/api';
import { fitOthers } from './fit-others';
import { fitBastion, fitControlPlane, fitNodes, isEmpty } from './fit-parts';
import { type FittedConstruct, type FittedProp, type FittedProps, weightOf } from './fitted';
import type { GroupToFit } from './to-fit';

/** The groups of a cluster as its props and constructs of their own. */
export interface FittedMembers {
  /** `controlPlane`, `nodes` and `bastion` of the cluster, where these say it. */
  readonly props: FittedProps;
  /** The zones of the control plane that the props make. */
  readonly controlPlane: FittedProp | undefined;
  /** The other groups, each by itself. */
  readonly constructs: readonly FittedConstruct[];
  /** How much there is to read. */
  readonly weight: number;
}

/** Fits the groups of a cluster that is laid out like the manifest's. */
export function fitMembers(
  groups: readonly GroupToFit[],
  cluster: Cluster,
  release: KopsRelease,
): FittedMembers {
  const controlPlane = fitControlPlane(groups, cluster, release);
  const nodes = fitNodes(groups, cluster, release);
  const bastion = fitBastion(groups, cluster, release);
  const covered = new Set([controlPlane, nodes, bastion].flatMap((part) => part?.groups ?? []));
  const others = groups.filter((group) => !covered.has(group));
  const constructs = fitOthers(others, cluster, release);
  const roles = new Set(others.map(({ role }) => role));
  const hasNodes = groups.some(({ role }) => role === 'Node');
  const props: Record<string, FittedProp> = {};
  // Nothing said is what the cluster has by itself, unless another group has the role.
  if (controlPlane && (!isEmpty(controlPlane) || roles.has('ControlPlane')))
    props.controlPlane = controlPlane.prop;
  if (nodes && (!isEmpty(nodes) || roles.has('Node'))) props.nodes = nodes.prop;
  if (!hasNodes) props.nodes = { value: false };
  if (bastion)
    props.bastion = isEmpty(bastion) ? { value: true, origins: bastion.prop.origins } : bastion.prop;
  const own = constructs.reduce((sum, construct) => sum + 2 + weightOf(construct.props), 0);
  return { props, controlPlane: controlPlane?.prop, constructs, weight: own + weightOf(props) };
}
