import { leadingImports, moduleOf } from './fleet-imports';
import { identifiersOf } from './fleet-names';
import { readSource } from './fleet-source';

/** What the text of a fleet calls things. */
export interface ImportedNames {
  /**
   * What the fleet imports from a file, as that file calls it; of several names, the first that looks like one of a function that
   * adds a cluster. By file as the fleet names it, but without an ending: `./c.k8s.local/cluster`.
   */
  readonly byFile: ReadonlyMap<string, string>;
  /** All identifiers, and words of the language. */
  readonly words: ReadonlySet<string>;
}

/** The names in a fleet's file, so that an import that is made again keeps them; `undefined` where it is not plain what is code. */
export function importedNames(text: string): ImportedNames | undefined {
  const source = readSource(text);
  const imports = source && leadingImports(source);
  if (!source || !imports) return undefined;
  const byFile = new Map<string, string>();
  for (const { from, isType, names } of imports) {
    const file = moduleOf(from);
    if (file === undefined || isType) continue;
    for (const { name, isType: isTypeAlone } of names) {
      const isBetter = !/^add/.test(byFile.get(file) ?? '') && /^add/.test(name);
      if (!isTypeAlone && (isBetter || !byFile.has(file))) byFile.set(file, name);
    }
  }
  return { byFile, words: identifiersOf(source) };
}
