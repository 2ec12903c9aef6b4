import type { KopsDocument } from '../../kops';

/** A way into a document: `['spec', 'subnets', 0, 'zone']`. */
export type Path = readonly (string | number)[];

/** A comment of a manifest, and what it stood at. */
export interface ManifestComment {
  /** The field or item that it is about, from the top of its document; empty for the document as a whole. */
  readonly path: Path;
  /** Its lines, without the `#` and the blank after that. */
  readonly text: string;
  /** `before`: on lines of its own above the field; `beside`: on the field's line, behind it; `after`: at the end of the map or list. */
  readonly place: 'before' | 'beside' | 'after';
}

/** Where something stands in what was read. */
export interface Place {
  /** The file, as it was named; `-` for standard input. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in characters. */
  readonly column: number;
}

/** One object of kOps that was read. */
export interface ImportedDocument {
  /**
   * The object as kOps would read it, without what only the server knows (`creationTimestamp`, `generation`, `status`…), without
   * null members, with the API group's full name, control planes with the role `Master`, SSH keys with the cluster's label.
   */
  readonly document: KopsDocument;
  /** In the order of the text. */
  readonly comments: readonly ManifestComment[];
  /** The place of a field such as `spec.subnets[utility].cidr`, or of what is nearest to it; without one, of the document. */
  place(field?: string): Place;
}

/** Objects of other APIs that `kops get all` prints beside the cluster. */
export interface ImportedAddons {
  /** Their documents as they were written, comments included, with the line `---` between them; empty where there are none. */
  readonly text: string;
  /** For a report: `ConfigMap kube-system/aws-auth`. */
  readonly names: readonly string[];
}

/** A cluster that was read: everything that belongs to it, from whatever files. */
export interface ImportedCluster {
  readonly name: string;
  /** The Cluster first, then instance groups, then SSH keys, each in the order of the text. */
  readonly documents: readonly ImportedDocument[];
  readonly addons: ImportedAddons;
  /** What was left out or spelled anew, a sentence each: `left out metadata.creationTimestamp of 5 objects: kOps sets it`. */
  readonly notes: readonly string[];
  /** The files that it comes from, as they were named. */
  readonly files: readonly string[];
  /** Whether objects were left out of the code and of the addons, so that a file that had them must not go. */
  readonly hasLeftOut: boolean;
}
