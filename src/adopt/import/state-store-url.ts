import type { ImportedCluster } from './imported-cluster';

/** The URL of the state store that a cluster lies in: what its manifest says, else where it was read from. */
export function storeOf({ name, documents, files }: ImportedCluster): string | undefined {
  const configBase = documents[0]?.document.spec.configBase;
  const places = [configBase, ...files.filter((file) => file.includes('://'))];
  const place = places.find((one): one is string => typeof one === 'string' && one.endsWith(`/${name}`));
  return place?.slice(0, -name.length - 1);
}
