import type { IConstruct } from 'constructs';
import { type Finding, findingAt, formatLocation, UserError } from '../core';
import { type Fleet, type FleetPipelineContext, fleetPipeline } from '../delivery';
import type { ClusterDelivery } from '../delivery/cluster-delivery';
import { type Deliverable, deliver, deliverablesOf } from '../delivery/deliverable';
import { digestsOfFiles } from '../delivery/ejected-digest';
import { clusterFile, MANIFEST_FILE, SCRIPT_FILE } from '../delivery/files';
import {
  type ClusterOverview,
  clusterOverview,
  type FleetOverview,
  fleetOverview,
} from '../delivery/overview';
import { script } from '../delivery/script';
import type { PlainObject } from '../gitlab';
import { KopsCluster } from '../kops';
import { ATTRIBUTES } from './attributes';
import type { Membership } from './cluster-ends';
import { EJECTED_ATTRIBUTES, ejectedText } from './ejected';
import { attached, checkFleet, sameFile, sameState } from './fleet-findings';
import { DEFAULT_APP, withHeader } from './generated-file';
import { stringifyDocuments, stringifyYaml } from './yaml';

/** What a fleet becomes: texts in memory, nothing written yet. */
export interface Synthesis {
  /** Text by path (relative to the project, with forward slashes), in the order in which they are to be written. */
  readonly files: ReadonlyMap<string, string>;
  /** Everything that is wrong; with one error among them the files must not be written. */
  readonly findings: readonly Finding[];
  /** Its waves and clusters at a glance. */
  readonly overview: FleetOverview;
  /** Which clusters the code has, whatever is wrong with them. */
  readonly membership: Membership;
}

/** What a synthesis depends on beside the fleet. */
export interface SynthesisContext extends Omit<FleetPipelineContext, 'ejected'> {
  /**
   * The project's folder, which manifests and templates of clusters are read from.
   * @default - the current one
   */
  readonly root?: string;
  /**
   * Whether the files are left to people: without marks, and with jobs that need no cdkops.
   * @default false
   */
  readonly ejected?: boolean;
}

/**
 * Turns a fleet into its files and everything that is wrong with it; writes nothing.
 * @param app - the file that defines the fleet, relative to the project: each generated file names it
 */
export function synthesise(fleet: Fleet, app = DEFAULT_APP, context: SynthesisContext = {}): Synthesis {
  const { root = process.cwd(), ejected = false } = context;
  const files = new Map<string, string>();
  const findings: Finding[] = [];
  const clusters = new Map<Deliverable, ClusterOverview>();
  const deliveries: ClusterDelivery[] = [];
  const makers = new Map<string, Deliverable>();
  const locations = new Map<unknown, Deliverable>();
  const attempt = (construct: IConstruct, work: () => readonly Finding[]) => {
    try {
      findings.push(...work());
    } catch (error) {
      findings.push(findingAt(construct, { message: describe(error) }));
    }
  };
  const addText = (construct: IConstruct, path: string, body: () => string) => {
    const text = () => (ejected ? ejectedText(path, body()) : withHeader(path, body(), app));
    const message = pathProblem(path, files) ?? tryText(() => files.set(path, text()));
    if (message !== undefined) findings.push(findingAt(construct, { field: path, message }));
  };
  findings.push(...checkFleet(fleet));
  for (const wave of fleet.waves) {
    for (const cluster of deliverablesOf(wave)) {
      attempt(cluster, () => {
        const delivered = deliver(cluster, root);
        const { delivery, documents, isGenerated, findings: own } = delivered;
        clusters.set(cluster, clusterOverview(cluster.name, delivered));
        const earlier = makers.get(cluster.name);
        if (earlier && haveSaidSo(cluster, earlier)) return own;
        if (earlier) return [...own, findingAt(cluster, sameFile(cluster, earlier, isGenerated))];
        makers.set(cluster.name, cluster);
        if (!delivery) return own;
        deliveries.push(delivery);
        const location = delivery.configBase;
        const neighbour = locations.get(location);
        if (neighbour) return [...own, findingAt(cluster, sameState(neighbour))];
        if (location !== undefined) locations.set(location, cluster);
        // What is wrong is not written, so it need not be rendered.
        if (!isGenerated || own.some(({ severity }) => severity === 'error')) return own;
        addText(cluster, clusterFile(cluster.name, MANIFEST_FILE), () =>
          stringifyDocuments(documents, { sortKeys: true }),
        );
        return own;
      });
    }
  }
  for (const construct of fleet.node.findAll()) attempt(construct, () => attached(construct));
  attempt(fleet, () => {
    // Without clusters there is no pipeline, and that has been said.
    if (makers.size === 0) return [];
    const pipeline = fleetPipeline(fleet, deliveries, {
      ...context,
      app: app === DEFAULT_APP ? undefined : app,
      ejected: ejected ? digestsOfFiles(root, files) : undefined,
    });
    const rootFile = pipeline.files.at(-1);
    for (const file of pipeline.files) {
      if (file === rootFile) {
        // What the root includes or calls is there before it.
        addText(fleet, SCRIPT_FILE, () => script(ejected));
        for (const [path, text] of ejected ? EJECTED_ATTRIBUTES : ATTRIBUTES)
          addText(fleet, path, () => text);
      }
      addText(fleet, file.path, () => pipelineText(file.pipeline.render()));
    }
    return pipeline.findings;
  });
  const membership = {
    declared: new Set(deliverablesOf(fleet).map(({ name }) => name)),
    forgotten: fleet.forgotten,
    hasPipeline: fleet.pipeline !== false,
  };
  return { files, findings, overview: fleetOverview(fleet, clusters), membership };
}

/** Why a text cannot be rendered; the messages of the YAML writer name the place in the data. */
function tryText(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What an exception says that the code behind a construct threw, ours or the administrator's. */
function describe(error: unknown): string {
  if (error instanceof UserError || error instanceof RangeError) return error.message;
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  // Types are checked beside this, so the place is what helps: a prop of a wrong type, or a mistake of ours.
  const frame = /\(?(?<file>\/[^\s()]+):(?<line>\d+):(?<column>\d+)\)?$/m.exec(error.stack ?? '')?.groups;
  const place = frame && { file: frame.file ?? '', line: Number(frame.line), column: Number(frame.column) };
  return `${error.name}: ${error.message}${place ? ` (thrown at ${formatLocation(place)})` : ''}`;
}

/** Why a text must not go to a path. */
function pathProblem(path: string, files: ReadonlyMap<string, string>): string | undefined {
  if (files.has(path)) return 'two parts of the fleet would write this file: give one of them another name';
  const inProject = path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  return inProject ? undefined : 'is no path in the project: expected names with slashes between them';
}

/** A blank line between jobs: people read them. */
function pipelineText(blocks: PlainObject): string {
  return Object.entries(blocks)
    .map(([name, block]) => stringifyYaml({ [name]: block }))
    .join('\n');
}

/** Two constructs for kOps objects of one name in one wave. */
function haveSaidSo(one: Deliverable, other: Deliverable): boolean {
  const isKops = [one, other].every(KopsCluster.isKopsCluster);
  return isKops && one.node.scope === other.node.scope;
}
