/** Sentences by object, by field. */
export type Docs = Readonly<Record<string, Readonly<Record<string, string>>>>;
