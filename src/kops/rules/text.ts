import { unkeepableCharacter } from '../text';
import type { ClusterDocuments, RuleProblem } from './rule';

/** Text that kOps cannot keep, however well it is quoted (see ../text.ts). */
export function* text({ all }: ClusterDocuments): Iterable<RuleProblem> {
  for (const object of all) {
    for (const { field, character } of find(object.document, '')) {
      const message = `contains ${character}, which kOps cannot keep: take it out, or encode the text (base64, say)`;
      yield { object, field, message };
    }
  }
}

function* find(value: unknown, field: string): Iterable<{ field: string; character: string }> {
  if (typeof value === 'string') {
    const found = unkeepableCharacter(value);
    if (found) yield { field, character: found.name };
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) yield* find(value[index], `${field}[${index}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      yield* find(key, field);
      yield* find(member, field ? `${field}.${key}` : key);
    }
  }
}
