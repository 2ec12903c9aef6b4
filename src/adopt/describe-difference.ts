import type { ClusterDifference, Fate, ObjectDifference } from './difference';
import type { FieldChange } from './field-changes';
import { isText, lineChanges, show } from './show-value';

/** How what came, what went and what differs is painted. */
export interface Paint {
  added(text: string): string;
  removed(text: string): string;
  changed(text: string): string;
  heading(text: string): string;
}

const plain = (text: string) => text;
const NO_PAINT: Paint = { added: plain, removed: plain, changed: plain, heading: plain };

const SIGNS: Readonly<Record<Fate, string>> = { added: '+', removed: '-', changed: '~' };
const WORDS: Readonly<Record<Fate, string>> = { added: 'new', removed: 'gone', changed: 'changed' };

/** Differences as text for a terminal or a log, one field a line. */
export function differencesAsText(clusters: readonly ClusterDifference[], paint: Paint = NO_PAINT): string {
  const lines = clusters.flatMap(({ cluster, fate, objects }) => [
    paint.heading(`${show(cluster)}${fate === 'changed' ? '' : ` (${WORDS[fate]})`}`),
    ...objects.flatMap((object) => [
      paint[object.fate](`  ${SIGNS[object.fate]} ${title(object)}`),
      ...detailsOf(fate, object).flatMap((change) => fieldLines(change, paint)),
    ]),
    '',
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

function fieldLines(change: FieldChange, paint: Paint): string[] {
  const fate = fateOf(change);
  const { field, from, to } = change;
  const sign = `    ${SIGNS[fate]} ${show(field)}`;
  if (isText(from) || isText(to)) {
    const lines = lineChanges(from, to).map((line) => paintLine(`        ${line}`, line, paint));
    return [paint[fate](sign), ...lines];
  }
  if (fate === 'changed') return [`${paint.changed(sign)}  ${show(from)} → ${show(to)}`];
  return [`${paint[fate](sign)}  ${show(fate === 'added' ? to : from)}`];
}

function paintLine(text: string, { 0: sign }: string, paint: Paint): string {
  if (sign === '+') return paint.added(text);
  return sign === '-' ? paint.removed(text) : text;
}

/** Differences as Markdown for GitLab: a heading a cluster, a table an object. */
export function differencesAsMarkdown(clusters: readonly ClusterDifference[]): string {
  return clusters
    .flatMap(clusterAsMarkdown)
    .join('\n\n')
    .concat(clusters.length > 0 ? '\n' : '');
}

function clusterAsMarkdown({ cluster, fate, objects }: ClusterDifference): string[] {
  const heading = `#### ${code(cluster)}${fate === 'changed' ? '' : ` (${WORDS[fate]})`}`;
  return [heading, ...objects.flatMap((object) => objectAsMarkdown(fate, object))];
}

function objectAsMarkdown(cluster: Fate, object: ObjectDifference): string[] {
  const { kind, name, fate } = object;
  const suffix = fate === 'changed' ? '' : ` (${WORDS[fate]})`;
  const heading = `**${escapeMarkdown(kind)}**${name === '' ? '' : ` ${code(name)}`}${suffix}`;
  const changes = detailsOf(cluster, object);
  if (changes.length === 0) return [heading];
  const texts = changes.filter(({ from, to }) => isText(from) || isText(to));
  const cell = (change: FieldChange, side: 'from' | 'to') => {
    if (!(side in change)) return '';
    return texts.includes(change) ? 'see below' : code(show(change[side]));
  };
  const rows = changes.map((change) =>
    row(code(show(change.field)), cell(change, 'from'), cell(change, 'to')),
  );
  const blocks = texts.map(
    ({ field, from, to }) => `${code(show(field))}\n\n${fenced(lineChanges(from, to))}`,
  );
  return [heading, [row('field', 'from', 'to'), '|---|---|---|', ...rows].join('\n'), ...blocks];
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Of a cluster that came or went the objects say enough, and of an object that went its name. */
function detailsOf(cluster: Fate, { fate, changes }: ObjectDifference): readonly FieldChange[] {
  return cluster === 'changed' && fate !== 'removed' ? changes : [];
}

function fateOf(change: FieldChange): Fate {
  if (!('from' in change)) return 'added';
  return 'to' in change ? 'changed' : 'removed';
}

/** Of the cluster itself the name stands above. */
function title({ kind, name }: ObjectDifference): string {
  return kind === 'Cluster' || name === '' ? show(kind) : `${show(kind)} ${show(name)}`;
}

/** Text as code that nothing in it ends; a bar would end the cell of a table even there. */
function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text.replaceAll('|', '\\|')}${padding}${fence}`;
}

function fenced(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return `${fence}diff\n${lines.join('\n')}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function escapeMarkdown(text: string): string {
  return show(text).replace(/[\\`*_[\]<>|~#@!&$:]/g, '\\$&');
}
