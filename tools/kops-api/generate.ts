/**
 * From kOps's custom resource definitions and our tables to the files of src/kops/api.
 */
import { annotate, type Tables } from './annotate';
import type { Release } from './crd';
import { merge } from './merge';
import type { Model } from './model';
import { writeSchema } from './write-schema';
import { writeTypes } from './write-types';

/** What one run makes. */
export interface Generated {
  readonly model: Model;
  /** Text by file name. */
  readonly files: Readonly<Record<'types.ts' | 'schema.json', string>>;
}

/**
 * @param releases - oldest first
 * @throws where an entry of a table fits no field, or one name would stand for two different objects
 */
export function generate(releases: readonly Release[], tables: Tables): Generated {
  const model = annotate(merge(releases, tables.names), tables);
  return {
    model,
    files: { 'types.ts': writeTypes(model, tables.enums), 'schema.json': writeSchema(model, tables.enums) },
  };
}
