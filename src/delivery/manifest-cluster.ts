import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Construct } from 'constructs';
import { type Finding, findingAt, type Problem, shape } from '../core';
import type { KopsDocument } from '../kops';
import { type Delivered, instanceGroupsOf } from './deliverable';
import {
  EXTERNAL_CLUSTER_MEMBERS,
  ExternalCluster,
  type ExternalClusterSettings,
  type Known,
} from './external-cluster';
import { GENERATED_START } from './files';
import { manifestDigest } from './manifest-digest';
import { readManifest } from './manifest-file';
import { judgeManifest } from './manifest-judgement';
import { projectPath } from './project-path';

/** Props of a cluster with a hand-written manifest. */
export interface ManifestClusterProps extends ExternalClusterSettings {
  /** The manifest, a path in the project, for instance `manifests/old.yaml`. */
  readonly manifest: string;
}

const MEMBERS: shape.Members<ManifestClusterProps> = {
  ...EXTERNAL_CLUSTER_MEMBERS,
  manifest: shape.required(shape.text),
};

/** Nobody writes so much by hand; it would only take the memory of those who read it. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * A cluster whose manifest is written by hand, with the same jobs as any other:
 * `new ManifestCluster(wave, 'old.k8s.example.com', { manifest: 'manifests/old.yaml' })`. The manifest is judged like one
 * that constructs make, and stays as it is: synth writes the jobs alone.
 */
export class ManifestCluster extends ExternalCluster<ManifestClusterProps> {
  constructor(scope: Construct, name: string, props: ManifestClusterProps) {
    super(scope, name, props, MEMBERS);
  }

  protected deliverKnown(root: string, known: Known): Delivered {
    const nothing = { delivery: undefined, documents: [], isGenerated: false };
    const found = projectPath(root, this.givenProps.manifest, 'file');
    if (found.problem !== undefined) {
      return { ...nothing, findings: [findingAt(this, { field: 'manifest', message: found.problem })] };
    }
    const text = read(path.join(root, found.path));
    if (typeof text !== 'string') {
      return {
        ...nothing,
        findings: [findingAt(this, { field: 'manifest', message: `${found.path} ${text.problem}` })],
      };
    }
    const file = readManifest(text);
    const at = (line: number, { field, ...problem }: Problem): Finding => {
      const place = [`${found.path}:${line}`, field].filter(Boolean).join(' › ');
      return findingAt(this, { ...problem, field: place });
    };
    const findings = file.problems.map(({ line, ...problem }) => at(line, problem));
    // Of a file that is read in part, what is missing cannot be told.
    if (findings.length > 0) return { ...nothing, findings };
    const { documents, problems } = judgeManifest(this.name, file.documents, known);
    findings.push(...problems.map(({ line, ...problem }) => at(line, problem)));
    const delivery = {
      construct: this,
      name: this.name,
      ...known,
      configBase: configBaseOf(documents),
      manifest: found.path,
      get digest() {
        return manifestDigest(documents);
      },
      changes: [found.path],
      instanceGroups: instanceGroupsOf(documents),
    };
    return { delivery, documents, isGenerated: false, findings };
  }
}

function configBaseOf(documents: readonly KopsDocument[]): string | undefined {
  const base = documents.find(({ kind }) => kind === 'Cluster')?.spec.configBase;
  return typeof base === 'string' ? base : undefined;
}

/** The text of a manifest, or in words why there is none. */
function read(file: string): string | { readonly problem: string } {
  try {
    if (fs.statSync(file).size > MOST_BYTES) return { problem: `is larger than ${MOST_BYTES} bytes` };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fs.readFileSync(file));
    if (!text.startsWith(GENERATED_START)) return text;
    const problem =
      'is a file that synth wrote, and would remove: move it elsewhere and take its first two lines out';
    return { problem };
  } catch (error) {
    return { problem: `cannot be read: ${(error as Error).message}` };
  }
}
