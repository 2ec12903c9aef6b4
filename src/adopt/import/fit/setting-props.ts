import type { ClusterSettings } from '../../../kops';
import type { ImportContext } from '../import-context';
import type { FittedProps } from './fitted';
import type { SplitObject } from './split-fields';
import { stateStoreProp } from './state-store-code';
import type { ObjectToFit } from './to-fit';

/** The props of a cluster that say which kOps, which store and which Kubernetes, as far as the wave does not say it. */
export function ownSettings({ index, object }: ObjectToFit, context: ImportContext): FittedProps {
  const { kops, settings, environment = {} } = context;
  const { spec, document } = object;
  const { configBase, kubernetesVersion } = spec;
  const name = document.metadata.name;
  const at = (field: string) => [{ path: [index, 'spec', field], value: spec[field] }];
  const hasStore = settings.stateStore?.configBase(name, kops.release) === configBase;
  const isUsual = typeof configBase === 'string' && configBase.endsWith(`/${name}`);
  const found =
    isUsual && !hasStore ? stateStoreProp(configBase.slice(0, -name.length - 1), environment) : undefined;
  const store = found && (found.value as NonNullable<ClusterSettings['stateStore']>);
  return {
    ...(settings.kops !== kops.version && { kops: { value: kops.version } }),
    ...(store?.configBase(name, kops.release) === configBase && {
      stateStore: { ...found, value: store, origins: at('configBase') },
    }),
    ...(typeof kubernetesVersion === 'string' &&
      kubernetesVersion !== settings.kubernetesVersion && {
        kubernetesVersion: { value: kubernetesVersion, origins: at('kubernetesVersion') },
      }),
  };
}

/**
 * A cluster that names no Kubernetes version, so that kOps takes what its channel recommends: the wave's version is taken
 * out again.
 */
export function withoutVersion(object: SplitObject, { kubernetesVersion }: ClusterSettings): SplitObject {
  if (object.spec.kubernetesVersion !== undefined || kubernetesVersion === undefined) return object;
  const path = '/spec/kubernetesVersion';
  if (object.patches.some((patch) => patch.path === path)) return object;
  return {
    ...object,
    spec: { ...object.spec, kubernetesVersion },
    patches: [...object.patches, { op: 'remove', path }],
  };
}
