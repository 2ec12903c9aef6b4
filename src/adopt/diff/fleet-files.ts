import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { CLUSTERS_FOLDER, ROOT_FILE, SCRIPT_FILE } from '../../delivery';
import { GENERATED_START } from '../../delivery/files';
import type { TextFiles } from './cluster-files';
import type { ManifestDocument } from './manifest';
import { pipelineDocuments } from './pipeline-documents';

/** A path in a pipeline, whatever it is included or triggered by. */
const YAML_PATH = /[\w./-]+\.ya?ml\b/g;

/**
 * The files that all clusters share, by path: pipelines that synth wrote, and the script of their jobs. A fleet may have its
 * pipeline in a file of another name; it is looked for where the project's own pipeline names it, and beside the script.
 */
export function findFleetFiles(files: TextFiles): Map<string, string> {
  const texts = new Map(files.read([ROOT_FILE, posix.dirname(SCRIPT_FILE)]));
  const root = texts.get(ROOT_FILE) ?? '';
  if (!root.startsWith(GENERATED_START)) {
    const named = [...root.matchAll(YAML_PATH)].map(([path]) => posix.normalize(path).replace(/^\/+/, ''));
    const inside = [...new Set(named)].filter((path) => !path.startsWith('..') && !texts.has(path));
    for (const [path, text] of inside.length > 0 ? files.read(inside) : []) texts.set(path, text);
  }
  return new Map(
    [...texts].filter(([path, text]) => isShared(path) && text.startsWith(GENERATED_START)).sort(),
  );
}

function isShared(path: string): boolean {
  return path === SCRIPT_FILE || (/\.ya?ml$/.test(path) && !path.startsWith(`${CLUSTERS_FOLDER}/`));
}

/**
 * What a file says that all clusters share.
 * @throws UserError where it cannot be read.
 */
export function fleetDocuments(path: string, text: string): ManifestDocument[] {
  if (path !== SCRIPT_FILE) return pipelineDocuments(text, path);
  // Its first two lines say where it comes from. That it changed is all that is told of a script.
  const body = text.replaceAll('\r\n', '\n').split('\n').slice(2).join('\n');
  const digest = createHash('sha256').update(body).digest('hex');
  return [{ kind: 'Script', name: '', data: { digest } }];
}
