/**
 * Adds to the model what the definitions do not say: the values of text fields, and our sentences.
 */
import type { Enumeration } from './enums';
import { coreOf, type Model } from './model';

/** The hand-written tables. */
export interface Tables {
  /** See names.ts. */
  readonly names: Readonly<Record<string, string>>;
  /** See enums.ts. */
  readonly enums: Readonly<Record<string, Enumeration>>;
  /** Sentences by object, by field: see docs.ts. */
  readonly docs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The same model with the tables' entries in it; throws where an entry fits no field. */
export function annotate(model: Model, { enums, docs }: Pick<Tables, 'enums' | 'docs'>): Model {
  const values = new Map<string, string>();
  for (const [name, { fields }] of Object.entries(enums)) for (const field of fields) values.set(field, name);
  const sentences = new Map<string, string>();
  for (const [name, fields] of Object.entries(docs)) {
    for (const [field, sentence] of Object.entries(fields)) sentences.set(`${name}.${field}`, sentence);
  }

  const objects = model.objects.map((object) => ({
    ...object,
    fields: object.fields.map((field) => {
      const path = `${object.name}.${field.name}`;
      const doc = sentences.get(path);
      const name = values.get(path);
      sentences.delete(path);
      if (name === undefined) return { ...field, doc };
      values.delete(path);
      if (coreOf(field.type) !== 'string')
        throw new Error(`enums.ts: ${path} is not text, but ${field.type}`);
      return { ...field, doc, type: field.type.replace('string', name) };
    }),
  }));

  const dead = [
    ...[...values.keys()].map((path) => `${path} in enums.ts`),
    ...[...sentences.keys()].map((path) => `${path} in docs.ts`),
  ];
  if (dead.length > 0) throw new Error(`no such field in any kOps release: ${dead.join(', ')}`);
  const clashes = objects.filter(({ name }) => Object.hasOwn(enums, name)).map(({ name }) => name);
  if (clashes.length > 0) throw new Error(`objects and values are called the same: ${clashes.join(', ')}`);
  return { ...model, objects };
}
