/**
 * Puts together what belongs to one cluster, from whatever files.
 */
import type { ImportedCluster, ImportedDocument, Place } from '../imported-cluster';
import { Addons } from './addons';
import { changeNotes, namedSome, type ObjectChanges } from './changes';
import type { Item } from './items';

/** The order of kinds in a manifest. */
const KINDS = ['Cluster', 'InstanceGroup', 'SSHCredential'];

interface Parts {
  readonly documents: ImportedDocument[];
  /** By `InstanceGroup nodes`. */
  readonly byName: Map<string, ImportedDocument>;
  readonly changes: ObjectChanges[];
  readonly addons: Addons;
  readonly notes: string[];
  readonly files: Set<string>;
}

/** Clusters as their objects come in. */
export class Gathered {
  private readonly parts = new Map<string, Parts>();
  /** Clusters whose own object has come, in that order. */
  private readonly known = new Set<string>();
  /** Files of which objects were left out, with the clusters that these belong to, where that is known. */
  private readonly leftOut = new Map<string, Set<string | undefined>>();

  constructor(private readonly report: (place: Place, message: string) => void) {}

  /** Takes an object. */
  add(cluster: string, file: string, document: ImportedDocument, changes: ObjectChanges): void {
    const { kind, metadata } = document.document;
    const parts = this.of(cluster);
    const key = `${kind} ${metadata.name}`;
    const twin = parts.byName.get(key);
    if (twin) {
      const { file: at, line, column } = twin.place();
      const of = kind === 'Cluster' ? '' : ` of cluster ${cluster}`;
      const message = `the ${kind} ${metadata.name}${of} is there twice, first in ${at}:${line}:${column}: take one of them out`;
      this.report(document.place(), message);
      return;
    }
    if (kind === 'Cluster') this.known.add(cluster);
    parts.byName.set(key, document);
    parts.documents.push(document);
    parts.changes.push(changes);
    parts.files.add(file);
  }

  /** Takes an object of another API. */
  addon(cluster: string, file: string, item: Item): void {
    const parts = this.of(cluster);
    if (!parts.addons.add(item)) this.leaveOut(cluster, file);
    parts.files.add(file);
  }

  /** Notes that an object of a file is in no cluster. */
  leaveOut(cluster: string | undefined, file: string): void {
    const clusters = this.leftOut.get(file) ?? new Set();
    this.leftOut.set(file, clusters.add(cluster));
  }

  /** Takes a remark. */
  note(cluster: string, note: string): void {
    this.of(cluster).notes.push(note);
  }

  /** Whether the own object of a cluster has come. */
  has(cluster: string): boolean {
    return this.known.has(cluster);
  }

  /**
   * The clusters whose own object has come; objects of others are reported.
   * @param isPartial - whether an object may be missing because it could not be read, which has been said
   */
  clusters(isPartial: boolean): ImportedCluster[] {
    for (const [name, { documents }] of this.parts) {
      if (!this.known.has(name) && !isPartial) this.reportOrphans(name, documents);
    }
    const lacking = this.lacking();
    return [...this.known].map((name) => {
      const { documents, changes, addons, notes, files } = this.of(name);
      const kindOf = ({ document }: ImportedDocument) => KINDS.indexOf(document.kind);
      return {
        name,
        documents: [...documents].sort((one, other) => kindOf(one) - kindOf(other)),
        addons: addons.result,
        notes: [...changeNotes(changes), ...notes, ...addons.notes],
        files: [...files],
        hasLeftOut: lacking.has(name),
      };
    });
  }

  /** The clusters whose files have more than what came of them: where none is known to be meant, any may be. */
  private lacking(): ReadonlySet<string> {
    const known = [...this.known];
    return new Set(
      [...this.leftOut].flatMap(([file, clusters]) => {
        const meant = known.filter((name) => clusters.has(name) || this.of(name).files.has(file));
        return meant.length > 0 ? meant : known;
      }),
    );
  }

  private reportOrphans(cluster: string, documents: readonly ImportedDocument[]): void {
    const [first] = documents;
    if (!first) return;
    const names = documents.map(({ document: { kind, metadata } }) => `${kind} ${metadata.name}`);
    const verb = names.length === 1 ? 'belongs' : 'belong';
    const known = [...this.known];
    const read = known.length === 0 ? 'no Cluster object' : namedSome(known);
    const message = `${namedSome(names)} ${verb} to the cluster ${cluster}, which is not among what was read (${read}): name the file with its Cluster object, too`;
    this.report(first.place(), message);
  }

  private of(cluster: string): Parts {
    let parts = this.parts.get(cluster);
    if (!parts) {
      parts = {
        documents: [],
        byName: new Map(),
        changes: [],
        addons: new Addons(),
        notes: [],
        files: new Set(),
      };
      this.parts.set(cluster, parts);
    }
    return parts;
  }
}
