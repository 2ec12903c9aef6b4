import type { ClusterDifference, Difference, Fate, FileDifference, ObjectDifference } from './difference';
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
const WORDS: Readonly<Record<Difference['fate'], string>> = {
  added: 'new',
  removed: 'gone',
  changed: 'changed',
  incomparable: 'cannot be compared',
};

/** What has a heading of its own. */
type Section = ClusterDifference | FileDifference;

/** Differences as text for a terminal or a log, one field a line. */
export function differencesAsText(sections: readonly Section[], paint: Paint = NO_PAINT): string {
  const lines = sections.flatMap((section) => [
    paint.heading(`${show(nameOf(section))}${suffix(section)}`),
    ...section.objects.flatMap((object) => [
      paint[object.fate](`  ${SIGNS[object.fate]} ${title(object)}`),
      ...detailsOf(section, object).flatMap((change) => fieldLines(change, paint)),
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

/** Differences as Markdown for GitLab: a heading a cluster or file, a table an object. */
export function differencesAsMarkdown(sections: readonly Section[]): string {
  return sections
    .flatMap(sectionAsMarkdown)
    .join('\n\n')
    .concat(sections.length > 0 ? '\n' : '');
}

function sectionAsMarkdown(section: Section): string[] {
  const heading = `#### ${code(nameOf(section))}${suffix(section)}`;
  return [heading, ...section.objects.flatMap((object) => objectAsMarkdown(section, object))];
}

function objectAsMarkdown(section: Section, object: ObjectDifference): string[] {
  const { kind, name } = object;
  const heading = `**${escapeMarkdown(kind)}**${name === '' ? '' : ` ${code(name)}`}${suffix(object)}`;
  const changes = detailsOf(section, object);
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

function nameOf(section: Section): string {
  return 'cluster' in section ? section.cluster : section.file;
}

function suffix({ fate }: { readonly fate: Difference['fate'] }): string {
  return fate === 'changed' ? '' : ` (${WORDS[fate]})`;
}

/** Of a cluster that came or went the objects say enough, of an object that went its name, of a script that it changed. */
function detailsOf(section: Section, { kind, fate, changes }: ObjectDifference): readonly FieldChange[] {
  return section.fate === 'changed' && fate !== 'removed' && kind !== 'Script' ? changes : [];
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
