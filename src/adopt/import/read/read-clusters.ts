/**
 * Reads manifests, from whatever files, and puts together what belongs to one cluster.
 */
import { CLUSTER_LABEL } from '../../../kops/document';

import type { ImportedCluster, ImportedDocument, Place } from '../imported-cluster';
import { nameOf } from './addons';
import { namedSome } from './changes';
import { Gathered } from './gathered';
import { type Item, itemsOf } from './items';
import { keptPath } from './kept';
import { EXPECTED, isBeside, isKopsObject, type Member, memberOf, stayNote } from './objects';

/** A text to read. */
export interface Input {
  /** As it was named: a file, `-` for standard input, `s3://bucket/cluster`. */
  readonly file: string;
  readonly text: string;
  /**
   * Whether it was found in a folder, not named: then it need not hold anything of kOps.
   * @default false
   */
  readonly isFound?: boolean;
  /** Why it is not read, for a note: `written by cdkops`. */
  readonly leftAlone?: string;
}

/** Something that is wrong, and where. */
export interface ReadProblem {
  readonly place: Place;
  readonly message: string;
}

/** What was read. */
export interface ReadResult {
  /** In the order in which their Cluster objects were read; not to be used where there are problems. */
  readonly clusters: readonly ImportedCluster[];
  /** All that is wrong, in the order of the inputs. */
  readonly problems: readonly ReadProblem[];
  /** Remarks about inputs as a whole. */
  readonly notes: readonly string[];
}

/** More than any fleet's manifests; what is larger would only take time and memory. */
export const MOST_BYTES = 10 * 1024 * 1024;

/** Something that kOps knows where it stands in a text, somewhere behind "apiVersion". */
const OF_KOPS = /\bapiVersion\b[\s\S]{0,80}?\bkops(?:\.k8s\.io)?\\?\//;

/** Reads manifests; never throws for what is wrong with them. */
export function readClusters(inputs: readonly Input[]): ReadResult {
  const reading = new Reading();
  for (const input of inputs) reading.read(input);
  return reading.result();
}

/** `file:line:column message`. */
export function formatReadProblem({ place: { file, line, column }, message }: ReadProblem): string {
  return `${file}:${line}:${column} ${message}`;
}

class Reading {
  private readonly problems: ReadProblem[] = [];
  private readonly notes: string[] = [];
  private readonly files: string[] = [];
  /** Files that were left alone, by why. */
  private readonly left = new Map<string, string[]>();
  private readonly gathered = new Gathered((place, message) => this.problems.push({ place, message }));
  /** Objects that stand beside clusters, in files without any. */
  private readonly loose: { readonly file: string; readonly item: Item }[] = [];
  /** Whether a cluster may be missing only because its object could not be read. */
  private isPartial = false;

  read(input: Input): void {
    const { file, text, isFound = false, leftAlone } = input;
    this.files.push(file);
    if (leftAlone !== undefined) {
      this.leave(file, leftAlone);
      return;
    }
    const bytes = Buffer.byteLength(text);
    const start = { file, line: 1, column: 1 };
    if (isFound && !OF_KOPS.test(text)) {
      this.leave(file, WITHOUT);
      return;
    }
    if (bytes > MOST_BYTES) {
      const size = `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
      this.wrong(
        start,
        `is ${size} large, and a manifest has at most ${MOST_BYTES / 1024 / 1024} MiB: split it`,
      );
      return;
    }
    const { items, problems } = itemsOf(file, text);
    for (const { place, message } of problems) this.wrong(place, message);
    if (problems.length > 0) this.isPartial = true;
    if (items.some(isKopsObject)) {
      this.objects(file, items);
    } else if (problems.length === 0) {
      const wrong = items.flatMap((item) => item.problems)[0];
      if (wrong) this.wrong(wrong.place, wrong.message);
      else if (isFound) this.leave(file, WITHOUT);
      else this.wrong(start, NOTHING);
    }
  }

  result(): ReadResult {
    for (const { file, item } of this.loose) this.looseObject(file, item);
    const clusters = this.gathered.clusters(this.isPartial);
    const left = [...this.left].map(([why, files]) => `${namedSome(files)}: ${why}, left alone`);
    const notes = [...this.notes, ...left];
    return { clusters, problems: this.inOrder(), notes };
  }

  /** Duplicates and the like are found late, and are to be read where they stand. */
  private inOrder(): ReadProblem[] {
    const order = ({ place: { file, line, column } }: ReadProblem) => [
      this.files.indexOf(file),
      line,
      column,
    ];
    const decorated = this.problems.map((problem) => ({ problem, key: order(problem) }));
    decorated.sort(({ key: one }, { key: other }) => {
      const index = one.findIndex((part, at) => part !== other[at]);
      return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
    });
    return decorated.map(({ problem }) => problem);
  }

  /** The objects of a text that has some of kOps. */
  private objects(file: string, items: readonly Item[]): void {
    const members = new Map<Item, Member>();
    for (const item of items) {
      if (isBeside(item)) continue;
      const member = memberOf(item, (place, message) => this.wrong(place, message));
      if (member) members.set(item, member);
      else if (!['InstanceGroup', 'SSHCredential'].includes(item.textOf('kind') ?? '')) this.isPartial = true;
    }
    const own = [...members.values()].filter(({ kind }) => kind === 'Cluster').map(({ name }) => name);
    let nearest: string | undefined;
    for (const item of items) {
      const member = members.get(item);
      if (member) {
        const cluster = this.clusterOf(member, own);
        if (cluster === undefined) continue;
        nearest = cluster;
        this.add(file, cluster, member);
      } else if (isBeside(item)) {
        const cluster = nearest ?? own[0];
        if (cluster === undefined) this.loose.push({ file, item });
        else this.beside(file, cluster, item);
      }
    }
  }

  /** The cluster of an object, and a problem where it has none. */
  private clusterOf({ kind, name, cluster, item }: Member, own: readonly string[]): string | undefined {
    if (cluster !== undefined) return cluster;
    const [only, other] = own;
    if (kind === 'SSHCredential' && only !== undefined && other === undefined) return only;
    const label = `${CLUSTER_LABEL}: ${only !== undefined && other === undefined ? only : 'NAME'}`;
    const message = `the ${kind} ${name} does not say which cluster it belongs to: add "${label}" to metadata.labels`;
    this.wrong(item.place('metadata.labels'), message);
    return undefined;
  }

  private add(file: string, cluster: string, { kind, name, normal, item }: Member): void {
    const { document } = normal;
    if (!document) return;
    const { metadata } = document;
    const changes = [...normal.changes];
    let labels = metadata.labels;
    if (kind === 'SSHCredential' && !labels?.[CLUSTER_LABEL]) {
      labels = { ...labels, [CLUSTER_LABEL]: cluster };
      const what = `wrote metadata.labels[${CLUSTER_LABEL}]`;
      changes.push({ what, instead: `as ${cluster}`, why: 'kOps needs it' });
    }
    const final = { ...document, metadata: { ...metadata, ...(labels && { labels }) } };
    const imported: ImportedDocument = {
      document: final,
      comments: item.comments.map(({ text, ...at }) => {
        const { path, place } = keptPath(at, item.value, final);
        return { path, text, place };
      }),
      place: (field) => item.place(field),
    };
    this.gathered.add(cluster, file, imported, {
      object: `${kind} ${name}`,
      changes,
      nulls: normal.nulls,
    });
  }

  private beside(file: string, cluster: string, item: Item): void {
    const note = stayNote(item);
    if (note === undefined) {
      this.gathered.addon(cluster, file, item);
    } else {
      this.gathered.note(cluster, note);
      this.gathered.leaveOut(cluster, file);
    }
  }

  /** An object of a file without clusters goes to the one that it names, which may have come later. */
  private looseObject(file: string, item: Item): void {
    const cluster = item.textOf('metadata', 'labels', CLUSTER_LABEL);
    if (cluster !== undefined && this.gathered.has(cluster)) {
      this.beside(file, cluster, item);
      return;
    }
    const unknown = `left out ${nameOf(item)}: nothing says which of the clusters it belongs to`;
    this.notes.push(`${file}: ${stayNote(item) ?? unknown}`);
    this.gathered.leaveOut(undefined, file);
  }

  private leave(file: string, why: string): void {
    const files = this.left.get(why);
    if (files) files.push(file);
    else this.left.set(why, [file]);
  }

  private wrong(place: Place, message: string): void {
    this.problems.push({ place, message });
  }
}

const NOTHING = `holds no objects of kOps: ${EXPECTED}`;
const WITHOUT = 'no kOps objects';
