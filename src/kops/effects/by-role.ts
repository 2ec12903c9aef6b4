import { isMap } from '../../core';
import { type ChangeOfField, type Data, type Role, roleNamed, roleOf, specs } from './change';
import { type FieldEffect, type Rolling, rolling } from './effect';
import { itemOf, namesOf } from './field';
import { type Rule, says } from './rule';

/** What a bastion's machines are called in an answer: they are no nodes, but they roll as nodes do. */
const BASTION = 'the machines of the bastion are replaced';

/** The machines of an instance group roll, whatever its role. */
export function groupRolls(change: ChangeOfField): FieldEffect {
  switch (roleOf(change)) {
    case 'ControlPlane':
    case 'APIServer':
      return says('rolls-control-plane');
    case 'Node':
      return says('rolls-nodes');
    case 'Bastion':
      return says('rolls-nodes', BASTION);
    default:
      return says('unknown', 'the role of the instance group is not known');
  }
}

/**
 * The machines of a group roll since they are set up by kOps's node agent. Bastions are not: kOps gives them
 * no user data of its own (`BootstrapScriptBuilder.ResourceNodeUp`).
 */
export function groupRollsUnlessBastion(change: ChangeOfField): FieldEffect {
  return roleOf(change) === 'Bastion' ? says('no-restart', BASTIONS_ARE_PLAIN) : groupRolls(change);
}

const BASTIONS_ARE_PLAIN = 'kOps sets nothing up on bastions';

/**
 * The machines that an item of a cluster's list is for, such as a file asset: those of its `roles` before and
 * after, all where it names none (`filterFileAssets`, `filterHooks` in kOps's pkg/apis/nodeup/config.go).
 */
export function itemsByRole(list: 'fileAssets' | 'hooks'): Rule {
  return (change) => {
    const rolls = machinesOfItem(change, list);
    if (rolls === undefined) return says('unknown', 'the roles that it is for are not known');
    if (rolls.controlPlane || rolls.nodes) return says(rolling(rolls));
    return says('no-restart', BASTIONS_ARE_PLAIN);
  };
}

function machinesOfItem(change: ChangeOfField, list: string): Rolling | undefined {
  const [before, after] = rolesOnBothSides(change, list);
  if (before === undefined || after === undefined) {
    const roles = before ?? after;
    return roles && machinesOf(roles);
  }
  const [old, now] = [machinesOf(before), machinesOf(after)];
  // The roles are no part of what a machine gets: who had the item and keeps it sees no change.
  const isOfRoles = namesOf(change.field)[0] === `spec.${list}.roles`;
  const rolls = (one: boolean, other: boolean) => (isOfRoles ? one !== other : one || other);
  return { controlPlane: rolls(old.controlPlane, now.controlPlane), nodes: rolls(old.nodes, now.nodes) };
}

/** The same for a list of an instance group: an item for other roles changes nothing. */
export function itemsOfGroup(list: 'fileAssets' | 'hooks'): Rule {
  return (change) => {
    const role = roleOf(change);
    const sides = rolesOnBothSides(change, list).filter((roles) => roles !== undefined);
    const isForOthers = (roles: readonly Role[]) => roles.length > 0 && role && !roles.includes(role);
    if (sides.length > 0 && sides.every(isForOthers)) {
      return says('no-restart', `it is for other roles than ${role}`);
    }
    return groupRollsUnlessBastion(change);
  };
}

/** The roles of the item that a change is in, or of all items where it is the list; empty for all roles. */
function rolesOnBothSides(change: ChangeOfField, list: string): (readonly Role[] | undefined)[] {
  const item = itemOf(change.field, `spec.${list}`);
  const { before, after } = specs(change);
  return [before, after].map((spec) => {
    const roles = itemsNamed(spec, list, item).map(rolesOf);
    if (roles.length === 0) return undefined;
    return roles.some((some) => some.length === 0) ? [] : roles.flat();
  });
}

function itemsNamed(spec: Data | undefined, list: string, item: string | undefined): Data[] {
  const items = spec?.[list];
  if (!Array.isArray(items)) return [];
  const maps: unknown[] = item === undefined ? items : items.filter((one, index) => isItem(one, index, item));
  return maps.filter(isMap);
}

/** Items without a name go by their number. */
function isItem(one: unknown, index: number, item: string): boolean {
  const name = isMap(one) && typeof one.name === 'string' && one.name !== '' ? one.name : undefined;
  return name === item || String(index) === item;
}

function rolesOf(item: Data): Role[] {
  const { roles } = item;
  return Array.isArray(roles) ? roles.flatMap((role) => roleNamed(role) ?? []) : [];
}

function machinesOf(roles: readonly Role[]): Rolling {
  if (roles.length === 0) return { controlPlane: true, nodes: true };
  return {
    controlPlane: roles.includes('ControlPlane') || roles.includes('APIServer'),
    nodes: roles.includes('Node'),
  };
}
