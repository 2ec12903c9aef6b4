import { type FittedConstruct, type FittedProps, weightOf } from './fitted';
import { leftover } from './leftover';
import type { SplitObject } from './split-fields';
import type { ClusterToFit, FittedCluster, GroupToFit, ObjectToFit } from './to-fit';

/** A cluster with all of its objects field by field (L1). */
export function fitFieldByField({
  cluster,
  groups,
  keys,
  own,
  settings,
  release,
}: ClusterToFit): FittedCluster {
  const { index, object } = cluster;
  const id = object.document.metadata.name;
  const { stateStore = settings.stateStore, kubernetesVersion = settings.kubernetesVersion } =
    Object.fromEntries(Object.entries(own).map(([name, { value }]) => [name, value])) as typeof settings;
  const said: Readonly<Record<string, unknown>> = {
    configBase: stateStore?.configBase(id, release),
    kubernetesVersion,
  };
  const spec = Object.fromEntries(
    Object.entries(object.spec).filter(
      ([field, value]) => !Object.hasOwn(said, field) || said[field] !== value,
    ),
  );
  const props: FittedProps = { ...own, ...plainProps(index, object, spec) };
  const members = [...groups.map(plainGroup), ...keys.map(plainKey)];
  return {
    cluster: { className: 'KopsCluster', id, props, documents: [index] },
    members,
    weight: [{ props }, ...members].reduce((sum, construct) => sum + 2 + weightOf(construct.props), 0),
  };
}

/** A group field by field. */
export function plainGroup({ index, name, role, object }: GroupToFit): FittedConstruct {
  const { role: word, ...rest } = object.spec;
  const spec = word === undefined ? rest : { role, ...rest };
  return {
    className: 'KopsInstanceGroup',
    id: name,
    props: plainProps(index, object, spec),
    documents: [index],
  };
}

/** An SSH key: its text alone, where there is no more to it. */
export function plainKey({ index, object }: ObjectToFit): FittedConstruct {
  const { document, spec } = object;
  const id = document.metadata.name;
  const { publicKey, ...more } = spec;
  const props = plainProps(index, object, spec);
  if (typeof publicKey !== 'string' || Object.keys(more).length > 0) {
    return { className: 'KopsSshCredential', id, props, documents: [index] };
  }
  const { spec: _spec, ...rest } = props;
  const origins = [{ path: [index, 'spec', 'publicKey'], value: publicKey }];
  return {
    className: 'SshCredential',
    id,
    props: { publicKey: { value: publicKey, origins }, ...rest },
    documents: [index],
  };
}

function plainProps(index: number, object: SplitObject, spec: SplitObject['spec']): FittedProps {
  const origins = [{ path: [index, 'spec'], value: object.document.spec }];
  return { spec: { value: spec, origins }, ...leftover(index, object, () => object.spec) };
}
