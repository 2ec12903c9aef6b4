import { isDeepStrictEqual } from 'node:util';
import type { Cluster, InstanceGroupProps } from '../../../kops';
import type { KopsRelease } from '../../../kops/api';
import { fitGroup } from './fit-group';
import { type FittedProps, valuesOf } from './fitted';
import type { GroupToFit } from './to-fit';

/** What groups have in common, where that is all but what is fixed for each; `undefined` where they differ in more. */
export function commonProps(
  groups: readonly GroupToFit[],
  cluster: Cluster,
  release: KopsRelease,
  fixed: (group: GroupToFit, at: number) => Partial<InstanceGroupProps>,
): FittedProps | undefined {
  const fits = groups.map((group, at) => fitGroup(group, cluster, release, fixed(group, at)));
  const [first] = fits;
  if (!first || !fits.every((fit) => isDeepStrictEqual(valuesOf(fit), valuesOf(first)))) return undefined;
  return Object.fromEntries(
    Object.entries(first).map(([name, prop]) => [
      name,
      { ...prop, origins: fits.flatMap((fit) => fit[name]?.origins ?? []) },
    ]),
  );
}
