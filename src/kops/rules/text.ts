import { spell } from '../api/path';
import { isUnkeepableKey, unkeepableCharacter } from '../text';
import type { ClusterDocuments, RuleProblem } from './rule';

/** Text that kOps cannot keep, however well it is quoted (see ../text.ts). */
export function text({ all }: ClusterDocuments): RuleProblem[] {
  const problems: RuleProblem[] = [];
  for (const object of all) {
    visit(object.document, [], (path, text) => {
      const field = spell(object.document, path, []);
      const message = `contains ${text}, which kOps cannot keep: take it out, or encode the text (base64, say)`;
      problems.push({ object, field, message });
    });
  }
  return problems;
}

/** Looks at every text, keys included. The path is spelt only where something is found: all manifests pass here. */
function visit(
  value: unknown,
  path: (string | number)[],
  found: (path: readonly (string | number)[], text: string) => void,
): void {
  if (typeof value === 'string') {
    const character = unkeepableCharacter(value);
    if (character) found(path, character.name);
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      visit(value[index], path, found);
      path.pop();
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      path.push(key);
      visit(key, path, found);
      if (isUnkeepableKey(key)) found(path, `the key "${key}"`);
      visit((value as Record<string, unknown>)[key], path, found);
      path.pop();
    }
  }
}
