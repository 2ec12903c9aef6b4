import { isMap } from '../../core';
import { areKnown, type ChangeOfField, specs, valueAt } from './change';
import type { FieldEffect } from './effect';
import { namesOf } from './field';
import { GONE } from './gone';
import { applied, type Rule, says } from './rule';

/**
 * Add-ons that are only restarted with their machines: kOps marks all nodes as needing an update when such a
 * manifest changes (`NeedsRollingUpdate` in upup/pkg/fi/cloudup/bootstrapchannelbuilder,
 * `AddNeedsUpdateLabel` in channels/pkg/channels).
 */
function marksNodes(plugin: string): FieldEffect {
  return says('rolls-all', `${plugin} restarts with its machine: kOps marks all nodes as needing an update`);
}

function addOn(plugin: string): FieldEffect {
  return says('no-restart', `${plugin} is an add-on: its pods are replaced`);
}

const ALL = says('rolls-all');

/**
 * What a field of a network plugin does, by plugin; machines know little more of it than which one it is
 * (`NewConfig`).
 */
const PLUGINS: Readonly<Record<string, Rule>> = {
  amazonvpc: marksNodes('the plugin'),
  calico: addOn('Calico'),
  cilium: marksNodes('Cilium'),
  cni: ALL,
  flannel: addOn('Flannel'),
  gce: says('unknown', 'only what kOps does on AWS is known here'),
  kindnet: marksNodes('kindnet'),
  kuberouter: addOn('kube-router'),
};

/** Fields that machines are set up with. */
const FIELDS: Readonly<Record<string, FieldEffect>> = {
  'spec.networking.calico.wireguardEnabled': ALL,
  'spec.networking.calico.bpfEnabled': says('unknown', 'kOps cannot switch it without an interruption'),
  'spec.networking.cilium.enableNodePort': says(
    'rolls-all',
    'Cilium takes over from kube-proxy, or gives back: services may be unreachable meanwhile',
  ),
};

/**
 * The network plugin. Another one rolls all machines, and kOps leaves what the old one installed (kOps's
 * docs/networking.md, "Switching between networking providers").
 */
export function networkPlugin(change: ChangeOfField): FieldEffect {
  const sides = specs(change);
  const name = namesOf(change.field).at(-3)?.split('.')[2];
  if (name === undefined) return says('unknown');
  if (areKnown(sides)) {
    const [was, is] = [pluginOf(sides.before), pluginOf(sides.after)];
    if (was !== is) return switches(was, is);
  }
  const rule = FIELDS[change.field] ?? (Object.hasOwn(PLUGINS, name) ? PLUGINS[name] : undefined);
  return rule ? applied(rule, change) : GONE;
}

function switches(was: string | undefined, is: string | undefined): FieldEffect {
  if (is !== undefined && !isKnown(is)) return GONE;
  if (was === 'kubenet')
    return says('rolls-all', 'pods move to another network as their machine is replaced');
  return says(
    'rolls-all',
    `pods lose their network until all machines are replaced, and ${isKnown(was) ? was : 'the old plugin'} stays`,
  );
}

const STILL_THERE: ReadonlySet<string> = new Set(['kubenet', 'external', 'kopeio']);

/** Whether it is one of kOps's: any other name may be anything, and is not told. */
function isKnown(plugin: string | undefined): boolean {
  return plugin !== undefined && (Object.hasOwn(PLUGINS, plugin) || STILL_THERE.has(plugin));
}

function pluginOf(spec: unknown): string | undefined {
  const networking = valueAt(spec, 'networking');
  if (!isMap(networking)) return undefined;
  return Object.keys(networking).find((name) => networking[name] !== undefined && networking[name] !== null);
}
