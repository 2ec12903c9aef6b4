import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Construct } from 'constructs';
import { findingAt, type Problem, shape } from '../core';
import type { Delivered } from './deliverable';
import {
  EXTERNAL_CLUSTER_MEMBERS,
  ExternalCluster,
  type ExternalClusterSettings,
  type Known,
} from './external-cluster';
import { projectPath, type Wanted } from './project-path';

/** Props of a cluster whose manifest `kops toolbox template` renders in the job. */
export interface TemplateClusterProps extends ExternalClusterSettings {
  /** The templates: files or folders of the project. Together they give the whole manifest. */
  readonly template: readonly string[];

  /**
   * Files of values, in order: later ones are laid over earlier ones.
   * @default - none
   */
  readonly values?: readonly string[];

  /**
   * Folders of snippets, which templates include.
   * @default - none
   */
  readonly snippets?: readonly string[];

  /**
   * Whether a value that a template asks for and nobody gives ends the job.
   * @default true
   */
  readonly failOnMissing?: boolean;
}

const MEMBERS: shape.Members<TemplateClusterProps> = {
  ...EXTERNAL_CLUSTER_MEMBERS,
  template: shape.required(shape.list(shape.text)),
  values: shape.list(shape.text),
  snippets: shape.list(shape.text),
  failOnMissing: shape.flag,
};

/**
 * A cluster whose manifest is a template of kOps's own:
 * `new TemplateCluster(wave, 'dev.k8s.example.com', { template: ['templates/cluster.yaml'], values: ['values/dev.yaml'] })`.
 * Only the job renders it, so synth cannot judge it; what it renders must set `spec.configBase`.
 * @see https://kops.sigs.k8s.io/operations/cluster_template/
 */
export class TemplateCluster extends ExternalCluster<TemplateClusterProps> {
  constructor(scope: Construct, name: string, props: TemplateClusterProps) {
    super(scope, name, props, MEMBERS);
  }

  protected deliverKnown(root: string, known: Known): Delivered {
    const { template, values = [], snippets = [], failOnMissing = true } = this.givenProps;
    const problems: Problem[] = [];
    const flags: string[] = [];
    const changes: string[] = [];
    const files = new Set<string>();
    if (template.length === 0)
      problems.push({ field: 'template', message: 'expected at least one file or folder' });
    const add = (flag: string, names: readonly string[], wanted: Wanted) => {
      names.forEach((name, index) => {
        const found = projectPath(root, name, wanted);
        const field = `${flag}[${index}]`;
        if (found.problem !== undefined) {
          problems.push({ field, message: found.problem });
          return;
        }
        flags.push(`--${flag}`, found.path);
        changes.push(found.kind === 'folder' ? `${found.path}/**/*` : found.path);
        const inside = found.kind === 'folder' ? filesIn(root, found.path, problems, field) : [found.path];
        if (inside.length === 0) problems.push({ field, message: `there are no files in ${found.path}` });
        for (const file of inside) files.add(file);
      });
    };
    add('template', template, 'file or folder');
    add('values', values, 'file');
    add('snippets', snippets, 'folder');
    flags.push(failOnMissing ? '--fail-on-missing' : '--fail-on-missing=false');
    const findings = problems.map((problem) => findingAt(this, problem));
    if (problems.length > 0) return { delivery: undefined, documents: [], isGenerated: false, findings };
    const delivery = {
      construct: this,
      name: this.name,
      ...known,
      configBase: known.stateStore.configBase(this.name, known.release),
      manifest: undefined,
      digest: digest(root, flags, [...files].sort()),
      changes: [...new Set(changes)],
      templateFlags: flags,
    };
    return { delivery, documents: [], isGenerated: false, findings };
  }
}

/** The files in a folder and those below it; hidden ones are those of an editor or the system, which git may not have. */
function filesIn(root: string, folder: string, problems: Problem[], field: string): string[] {
  const files: string[] = [];
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) files.push(...filesIn(root, name, problems, field));
    else if (entry.isFile()) files.push(name);
    else problems.push({ field, message: `${name} is a link or another special file: put a file there` });
  }
  return files;
}

/** The digest of what is rendered: the flags, which have an order, and path and bytes of each file. */
function digest(root: string, flags: readonly string[], files: readonly string[]): string {
  const hash = createHash('sha256').update(`${flags.join(' ')}\n`);
  for (const file of files) {
    const bytes = fs.readFileSync(path.join(root, file));
    hash.update(`${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
