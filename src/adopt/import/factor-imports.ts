import type { ClusterSettings } from '../../kops';
import { clusterCode } from './code/cluster-code';
import { commonClassText } from './code/common-class';
import { COMMON_CLASS } from './common-class-name';
import { factor, savedBy } from './factor';
import type { ClusterImport } from './import-cluster';
import { differingObjects, evaluateClass, renderBody } from './proof';

/** Clusters with what most of them have in common said once. */
export interface FactoredImports {
  /** The file of the class. */
  readonly text: string;
  readonly imports: readonly ClusterImport[];
}

/** A cluster that was imported, and the function that adds it. */
export interface NamedImport {
  readonly code: ClusterImport;
  readonly functionName: string;
  /** What holds in the wave that it goes to. */
  readonly settings: ClusterSettings;
}

/**
 * Lifts what most clusters have in common into a class, and proves that each still gives its manifest. `undefined` where
 * there is nothing to be gained.
 * @param ending - what imports of files end in: `.js` in ES modules
 */
export function factorImports(named: readonly NamedImport[], ending = ''): FactoredImports | undefined {
  const able = named.filter(({ code }) => code.level === 'L2');
  const before = able.map(({ code }) => code.way.cluster);
  const factored = factor(before);
  if (!factored || savedBy(factored, before) <= 0) return undefined;
  const base = commonClassText(factored.common);
  const known = { [COMMON_CLASS]: evaluateClass(base.script, COMMON_CLASS) };
  const imports = new Map<ClusterImport, ClusterImport>();
  able.forEach(({ code, functionName, settings }, index) => {
    const cluster = factored.clusters[index];
    if (!cluster) return;
    const way = { ...code.way, cluster };
    const { text, body } = clusterCode(way, code.source, functionName, ending);
    const { documents, findings } = renderBody(body, settings, known);
    const target = code.source.documents.map(({ document }) => document);
    // What does not come out the same stays as it was.
    if (differingObjects(target, documents).length === 0) {
      imports.set(code, { ...code, way, text, documents, findings });
    }
  });
  if (imports.size < 2) return undefined;
  return { text: base.text, imports: named.map(({ code }) => imports.get(code) ?? code) };
}
