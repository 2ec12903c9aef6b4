import { areKnown, type ChangeOfField, specs, usesGossip, valueAt } from './change';
import type { FieldEffect } from './effect';
import { applied, onAws, type Rules, says, unlessItMeans } from './rule';

const NONE = says('no-restart');
const CONTROL_PLANE = says('rolls-control-plane');

const OF_LOAD_BALANCER: Rules = {
  accessLog: NONE,
  additionalSecurityGroups: securityGroups,
  // kOps's own default is the classic one (populate_cluster_spec.go).
  class: unlessItMeans('Classic', {
    ...says(
      'replaces',
      'the load balancer: another one takes over, and the control plane has to roll to be reached by it',
    ),
    alsoRolls: 'control-plane',
  }),
  crossZoneLoadBalancing: NONE,
  idleTimeoutSeconds: NONE,
  securityGroupOverride: NONE,
  sslCertificate: says('no-restart', 'listeners of the load balancer'),
  sslPolicy: NONE,
  subnets,
  type: unlessItMeans(
    'Public',
    says('immutable', 'AWS makes no public load balancer internal, nor the other way round: delete it first'),
  ),
  useForInternalApi: CONTROL_PLANE,
};

/**
 * How the Kubernetes API is reached (kOps's pkg/model/awsmodel/api_loadbalancer.go,
 * awstasks/network_load_balancer.go).
 */
export const API_RULES: Rules = {
  'spec.kubernetesApiAccess': onAws(says('no-restart', 'rules of security groups')),
  'spec.masterPublicName': says('rolls-control-plane', 'the certificate of the API gets another name'),
  'spec.masterInternalName': says('no-restart', 'kOps does not use it'),
  'spec.api': onAws((change) => exposure(change) ?? CONTROL_PLANE),
  ...Object.fromEntries(
    Object.entries(OF_LOAD_BALANCER).map(([name, rule]) => [
      `spec.api.loadBalancer.${name}`,
      onAws((change) => exposure(change) ?? applied(rule, change)),
    ]),
  ),
};

/** Whether the API gets a load balancer, or loses it; all fields of that come or go with it. */
function exposure(change: ChangeOfField): FieldEffect | undefined {
  const sides = specs(change);
  if (!areKnown(sides)) return undefined;
  const has = (spec: unknown) => valueAt(spec, 'api', 'loadBalancer') !== undefined;
  if (has(sides.before) === has(sides.after)) return undefined;
  const isFoundByName =
    valueAt(sides.after, 'topology', 'dns', 'type') !== 'None' && usesGossip(change) === false;
  // Others find it by the addresses of that load balancer (`UsesLoadBalancerForKopsController`).
  if (!isFoundByName) return says('unknown', 'nodes may have to learn another way to the control plane');
  return has(sides.after)
    ? says('rolls-control-plane', 'the API gets a load balancer')
    : says('rolls-control-plane', 'the API loses its load balancer');
}

/** A network load balancer's security groups are those of the control plane's machines, too. */
function securityGroups(change: ChangeOfField): FieldEffect {
  return classOf(change) === 'Network' ? CONTROL_PLANE : NONE;
}

function subnets(change: ChangeOfField): FieldEffect {
  if (classOf(change) !== 'Network') return NONE;
  if (change.from === undefined && !/\.(?:allocationId|privateIPv4Address)$/.test(change.field)) {
    const sides = specs(change);
    const had = areKnown(sides) && Array.isArray(valueAt(sides.before, 'api', 'loadBalancer', 'subnets'));
    return had
      ? says('no-restart', 'the load balancer gets a further subnet')
      : says('unknown', 'a load balancer keeps the subnets that it has: kOps refuses where one is left out');
  }
  return says('immutable', 'a network load balancer gives up no subnet, and keeps its addresses');
}

function classOf(change: ChangeOfField): unknown {
  const { before, after } = specs(change);
  return valueAt(after, 'api', 'loadBalancer', 'class') ?? valueAt(before, 'api', 'loadBalancer', 'class');
}
