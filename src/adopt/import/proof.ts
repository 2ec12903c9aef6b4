import { isDeepStrictEqual } from 'node:util';
import { type Finding, merge } from '../../core';
import { Cluster } from '../../delivery';
import {
  Bastion,
  type ClusterSettings,
  ControlPlane,
  InstanceGroup,
  KopsCluster,
  type KopsDocument,
  KopsInstanceGroup,
  KopsSshCredential,
  NodeGroup,
  SshCredential,
  StateStore,
} from '../../kops';
import { scratchWave } from './scratch';

/** All that generated code may use, by the names that it imports. */
const IMPORTABLE: Readonly<Record<string, unknown>> = {
  Bastion,
  Cluster,
  ControlPlane,
  InstanceGroup,
  KopsCluster,
  KopsInstanceGroup,
  KopsSshCredential,
  NodeGroup,
  SshCredential,
  StateStore,
};

/** What code renders. */
export interface RenderedBody {
  readonly documents: readonly KopsDocument[];
  readonly findings: readonly Finding[];
}

/**
 * Runs the body of a generated function, as it will stand in the file, and renders the cluster that it makes.
 * @param settings - what holds in the wave that it is called with
 * @param more - what it imports besides
 */
export function renderBody(
  body: string,
  settings: ClusterSettings,
  more: Readonly<Record<string, unknown>> = {},
): RenderedBody {
  const cluster = run(body, { ...IMPORTABLE, ...more, wave: scratchWave(settings) }) as KopsCluster;
  const { objects, findings } = cluster.manifest();
  return { documents: objects.map(({ document }) => document), findings };
}

/** The class that generated code declares, as it will stand in the file but for its types. */
export function evaluateClass(script: string, name: string): unknown {
  return run(`${script}\nreturn ${name};`, { ...IMPORTABLE, merge });
}

/** The text is ours: every string of a manifest is a literal in it. */
function run(body: string, known: Readonly<Record<string, unknown>>): unknown {
  return new Function(...Object.keys(known), `'use strict';\n${body}`)(...Object.values(known));
}

/** The objects that are not the same as data in both: `InstanceGroup nodes`. */
export function differingObjects(
  wanted: readonly KopsDocument[],
  rendered: readonly KopsDocument[],
): readonly string[] {
  const [left, right] = [byIdentity(wanted), byIdentity(rendered)];
  const identities = [...new Set([...left.keys(), ...right.keys()])];
  return identities.filter((identity) => !isDeepStrictEqual(left.get(identity), right.get(identity)));
}

/** What a reader of the YAML gets: without members that are not set. */
function byIdentity(documents: readonly KopsDocument[]): Map<string, unknown> {
  return new Map(
    documents.map((document) => [
      `${document.kind} ${document.metadata.name}`,
      JSON.parse(JSON.stringify(document)) as unknown,
    ]),
  );
}
