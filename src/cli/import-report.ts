import type { ImportedDocument } from '../adopt/import/imported-cluster';
import type { Finding } from '../core';
import type { DiskPlan } from '../synth';
import type { Imported } from './import-options';
import { count, reportWarning } from './report';
import { outputStyle } from './style';

/** What an import says of one cluster. */
export function describeImport({ cluster, kops, code, file, addonsFile }: Imported): string {
  const { notes, left } = code;
  const reason = kops.reason ? ` (${kops.reason})` : '';
  const lines = [
    `${outputStyle.bold(cluster.name)}  ${file}, ${count(linesOf(code.text), 'line')}, kOps ${kops.version}${reason}`,
    ...cluster.notes,
    ...notes,
    ...(addonsFile ? [`kept in ${addonsFile}: ${cluster.addons.names.join(', ')}`] : []),
    ...left,
  ];
  return lines.map((line, index) => `${index > 0 ? '  ' : ''}${line}\n`).join('');
}

/** Lines of code: without imports, comments and blank lines. */
function linesOf(text: string): number {
  return text.split('\n').filter((line) => /\S/.test(line) && !/^\s*(?:\/\/|\/?\*|import )/.test(line))
    .length;
}

/** Warns of what synth will find, at the line of the manifest that says it. */
export function warnOfFindings({ cluster, code }: Imported): void {
  for (const finding of code.findings) {
    const document = documentOf(finding, cluster.documents);
    const { file, line } = document.place(finding.field);
    const { kind, metadata } = document.document;
    const object = kind === 'Cluster' ? cluster.name : `${cluster.name} ${kind} ${metadata.name}`;
    const field = finding.field ? ` ${finding.field}` : '';
    const refuses = finding.severity === 'error' ? 'synth will refuse this: ' : '';
    reportWarning(`${file}:${line} ${object}${field}: ${refuses}${finding.message}`);
  }
}

/** The document that a finding is about: the construct's id is its name. */
function documentOf({ path }: Finding, documents: readonly ImportedDocument[]): ImportedDocument {
  const id = path.split('/').at(-1);
  const [cluster, ...others] = documents as [ImportedDocument, ...ImportedDocument[]];
  return others.find(({ document }) => document.metadata.name === id) ?? cluster;
}

/** What became of the files, and what comes next. */
export function importSummary(
  imported: readonly Imported[],
  plan: DiskPlan,
  notes: readonly string[],
): string {
  const written = plan.writes.map(
    ({ path, before }) => `${before === undefined ? 'new' : 'changed'} ${path}`,
  );
  const removed = plan.removes.map(({ path }) => `removed ${path}`);
  const proved =
    imported.length === 1 ? 'it gives the manifest that was read' : 'each gives the manifest that was read';
  const lines = [
    ...notes,
    ...written,
    ...removed,
    `${count(imported.length, 'cluster')} imported: ${proved}. Next: npx projen synth, and npx cdkops diff --against live`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
