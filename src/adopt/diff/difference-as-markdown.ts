import { changesByEffect, fateWords, nameOf, type Section, suffix } from './describe-difference';
import type { ObjectDifference } from './difference';
import { effectPhrases } from './effect-words';
import { show } from './show-value';
import type { ShownChange } from './shown-changes';

/** Differences as Markdown for GitLab: a heading a cluster or file, a table an object. */
export function differencesAsMarkdown(sections: readonly Section[]): string {
  return sections
    .flatMap(sectionAsMarkdown)
    .join('\n\n')
    .concat(sections.length > 0 ? '\n' : '');
}

function sectionAsMarkdown(section: Section): string[] {
  const heading = `#### ${code(nameOf(section))}${suffix(section)}`;
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
  const heading = `**${escapeMarkdown(show(kind))}**${name === '' ? '' : ` ${code(name)}`}${suffix(object)}${said}`;
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
    return shown === undefined ? '' : code(shown);
  };
  return [code(field), side(from, fate !== 'added'), side(to, fate !== 'removed')];
}

function row(...columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
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
  return text.replace(/[\\`*_[\]<>|~#@!&$]|:(?! )/g, '\\$&');
}
