/**
 * Merges the definitions of all releases into one model, field by field.
 */
import { KINDS, type Release, type SchemaNode } from './crd';
import { alphabetical, type Field, type Model, type NamedObject, type TypeExpression } from './model';
import { Naming } from './naming';
import { OBJECT_META } from './object-meta';

/** An object while the releases are being read. */
interface Draft {
  /** Type by release, by field. */
  readonly fields: Map<string, Map<number, TypeExpression>>;
  /** Where the object was first seen in each release, and what it looked like there. */
  readonly seen: Map<number, { readonly use: string; readonly shape: string }>;
  readonly uses: Set<string>;
}

/**
 * @param releases - oldest first
 * @param names - the table of names (see names.ts)
 */
export function merge(releases: readonly Release[], names: Readonly<Record<string, string>>): Model {
  const naming = new Naming(names);
  const drafts = new Map<string, Draft>();

  const typeOf = (node: SchemaNode, parent: string, field: string, release: number): TypeExpression => {
    if (node['x-kubernetes-int-or-string']) return node.pattern ? 'quantity' : 'intOrString';
    switch (node.type) {
      case 'string':
      case 'boolean':
      case 'number':
        return node.type;
      case 'integer':
        return node.format === 'int32' || node.format === 'int64' ? node.format : 'integer';
      case 'array':
        if (node.items) return `${typeOf(node.items, parent, field, release)}[]`;
        break;
      case 'object':
        if (node.additionalProperties)
          return `${typeOf(node.additionalProperties, parent, field, release)}{}`;
        return record(node, naming.nameOf(parent, field), `${parent}.${field}`, release);
    }
    throw new Error(`${parent}.${field}: a type of ${JSON.stringify(node.type)} is not understood`);
  };

  /** Notes down what one release says of an object. */
  const record = (node: SchemaNode, name: string, use: string, release: number): string => {
    const types = Object.entries(node.properties ?? {})
      .sort(([a], [b]) => alphabetical(a, b))
      .map(([field, child]) => [field, typeOf(child, name, field, release)] as const);
    const shape = JSON.stringify(types);
    const draft = drafts.get(name) ?? { fields: new Map(), seen: new Map(), uses: new Set() };
    drafts.set(name, draft);
    draft.uses.add(use);
    const before = draft.seen.get(release);
    if (before && before.shape !== shape) {
      const minor = releases[release]?.minor;
      throw new Error(
        `${before.use} and ${use} are both called ${name}, but differ in kOps ${minor}: see names.ts`,
      );
    }
    if (!before) draft.seen.set(release, { use, shape });
    for (const [field, type] of types) {
      const byRelease = draft.fields.get(field) ?? new Map<number, TypeExpression>();
      draft.fields.set(field, byRelease.set(release, type));
    }
    return name;
  };

  releases.forEach((release, index) => {
    record(OBJECT_META, 'ObjectMeta', 'metadata', index);
    for (const kind of KINDS) record(release.specs[kind], `${kind}Spec`, kind, index);
  });

  const unused = naming.unused();
  if (unused.length > 0)
    throw new Error(`names.ts has entries for fields that do not exist: ${unused.join(', ')}`);
  return {
    releases: releases.map(({ minor }) => minor),
    objects: [...drafts]
      .map(([name, draft]) => finish(name, draft))
      .sort((a, b) => alphabetical(a.name, b.name)),
    derived: naming.derived,
  };
}

/**
 * A field that is there whenever its object is needs no releases of its own: whoever looks for it has passed the
 * field that leads to the object already.
 */
function finish(name: string, draft: Draft): NamedObject {
  const fields = [...draft.fields].map(([field, byRelease]): Field => {
    const type = [...new Set(byRelease.values())].sort(alphabetical).join('|');
    return byRelease.size === draft.seen.size
      ? { name: field, type }
      : { name: field, type, releases: [...byRelease.keys()] };
  });
  return {
    name,
    fields: fields.sort((a, b) => alphabetical(a.name, b.name)),
    uses: [...draft.uses].sort(alphabetical),
  };
}
