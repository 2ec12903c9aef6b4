import { withoutControls } from '../../core/findings';
import { changesByEffect, fateWords, nameOf, type Section, suffix } from './describe-difference';
import type { ObjectDifference } from './difference';
import { capital, effectPhrases } from './effect-words';
import { show } from './show-value';
import type { ShownChange } from './shown-changes';

/** Differences as Markdown for GitLab: a heading a cluster or file, a table an object. */
export function differencesAsMarkdown(sections: readonly Section[]): string {
  return sections
    .flatMap(sectionAsMarkdown)
    .join('\n\n')
    .concat(sections.length > 0 ? '\n' : '');
}

/** What went wrong, or need not be mended, as Markdown; nothing where nothing did. */
export function remarksAsMarkdown(problems: readonly string[], warnings: readonly string[]): string[] {
  const item = (word: string) => (text: string) => `- ${word}: ${escapeMarkdown(withoutControls(text))}\n`;
  const items = [...problems.map(item('**Error**')), ...warnings.map(item('Warning'))];
  return items.length > 0 ? [items.join('')] : [];
}

function sectionAsMarkdown(section: Section): string[] {
  const heading = `#### ${code(show(nameOf(section)))}${suffix(section)}`;
  return [
    heading,
    ...summary(section),
    ...section.objects.flatMap((object) => objectAsMarkdown(section, object)),
  ];
}

function summary(section: Section): string[] {
  if (!('effects' in section) || !section.effects) return [];
  const phrases = effectPhrases(section.effects, (name) => code(show(name))).map(({ effect, words }) => {
    const text = capital(words);
    return effect === 'immutable' ? `**${text}.**` : `${text}.`;
  });
  return [phrases.join(' ')];
}

function objectAsMarkdown(section: Section, object: ObjectDifference): string[] {
  const { kind, name } = object;
  const words = fateWords(object);
  const said = words ? `: ${escapeMarkdown(words)}` : '';
  const heading = `**${escapeMarkdown(show(kind))}**${name === '' ? '' : ` ${code(show(name))}`}${suffix(object)}${said}`;
  const rows = changesByEffect(section, object).flatMap(({ effect, words: does, changes }) => {
    const told = escapeMarkdown(does);
    return changes.map((change) => ({ change, effect: effect === 'immutable' ? `**${told}**` : told }));
  });
  if (rows.length === 0) return [heading];
  const hasEffects = rows.some(({ effect }) => effect !== '');
  const columns = ['field', 'from', 'to', ...(hasEffects ? ['what it does'] : [])];
  const table = [
    row(...columns),
    `|${columns.map(() => '---|').join('')}`,
    ...rows.map(({ change, effect }) => row(...cells(change), ...(hasEffects ? [effect] : []))),
  ];
  const blocks = rows.flatMap(({ change: { field, lines } }) =>
    lines ? [`${code(field)}\n\n${fenced(lines)}`] : [],
  );
  return [heading, table.join('\n'), ...blocks];
}

function cells({ field, fate, from, to, lines }: ShownChange): string[] {
  const side = (shown: string | undefined, isThere: boolean) => {
    if (lines) return isThere ? 'see below' : '';
    return shown === undefined ? '' : codeInCell(shown);
  };
  return [codeInCell(field), side(from, fate !== 'added'), side(to, fate !== 'removed')];
}

/** A bar would end the cell even within code. */
function codeInCell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

function row(...columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |`;
}

/** Text as code that nothing in it ends. */
function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

function fenced(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return `${fence}diff\n${lines.join('\n')}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~#@!&$]|:(?! )/g, '\\$&');
}
