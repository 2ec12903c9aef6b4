import * as fs from 'node:fs';
import * as path from 'node:path';
import { liveDocuments, type ManifestDocument } from '../adopt';
import { isMap, UserError } from '../core';
import { getAll } from './live-state';
import { inTemporaryFolder } from './run-in-folder';
import { FailedProgram, MissingProgram } from './run-kops';

/** Where kOps keeps objects of a kind, below a cluster's folder. */
const PLACES: Readonly<Record<string, (index: number) => string>> = {
  Cluster: () => 'config',
  InstanceGroup: (index) => path.join('instancegroup', String(index)),
};

/**
 * A cluster's objects as the installed kOps reads and writes them: its own spelling, without what it does not know. kOps is
 * given them as the state of a cluster in a folder; neither network nor credentials are needed for that.
 * @param file - where they come from, for messages
 * @param timeout - in milliseconds
 * @returns `undefined` where kOps is not installed.
 * @throws UserError where kOps cannot read them.
 */
export async function asKopsWrites(
  cluster: string,
  documents: readonly ManifestDocument[],
  file: string,
  timeout: number,
): Promise<ManifestDocument[] | undefined> {
  if (!documents.some(({ kind }) => kind === 'Cluster')) {
    throw new UserError(`${file} has no document of kind Cluster`);
  }
  return inTemporaryFolder('state', async (store) => {
    try {
      documents.forEach(({ kind, data }, index) => {
        const place = PLACES[kind]?.(index);
        if (place === undefined) return;
        const target = path.join(store, cluster, place);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        // JSON is YAML, too. In its store kOps knows the API by one name, in files by two.
        fs.writeFileSync(target, JSON.stringify({ ...data, apiVersion: 'kops.k8s.io/v1alpha2' }));
      });
      const text = await getAll({ url: `file://${store}`, timeout }, cluster);
      return text === undefined
        ? []
        : liveDocuments(text, file).map((document) => withoutFolder(document, store));
    } catch (error) {
      if (error instanceof MissingProgram) return undefined;
      if (error instanceof FailedProgram) {
        throw new UserError(`kops cannot read ${file}: ${error.words.replaceAll(`${store}/`, '')}`);
      }
      throw error;
    }
  });
}

/** Where nobody says where the state is, kOps says where it found it: in that folder. */
function withoutFolder(document: ManifestDocument, store: string): ManifestDocument {
  const { spec } = document.data;
  if (!isMap(spec) || !String(spec.configBase).includes(store)) return document;
  const { configBase: _folder, ...rest } = spec;
  return { ...document, data: { ...document.data, spec: rest } };
}
