import { changesByEffect, fateWords, nameOf, type Section, suffix, title } from './describe-difference';
import type { Fate, ObjectDifference } from './difference';
import { effectPhrases } from './effect-words';
import { show } from './show-value';
import type { ShownChange } from './shown-changes';

/** How what came, what went and what differs is painted. */
export interface Paint {
  added(text: string): string;
  removed(text: string): string;
  changed(text: string): string;
  heading(text: string): string;
  /** What cannot be done: it must stand out. */
  grave(text: string): string;
  /** What is said beside. */
  note(text: string): string;
}

const plain = (text: string) => text;
const NO_PAINT: Paint = {
  ...{ added: plain, removed: plain, changed: plain, heading: plain, grave: plain, note: plain },
};

const SIGNS: Readonly<Record<Fate, string>> = { added: '+', removed: '-', changed: '~' };

/** Differences as text for a terminal or a log, one field a line. */
export function differencesAsText(sections: readonly Section[], paint: Paint = NO_PAINT): string {
  const lines = sections.flatMap((section) => [
    paint.heading(`${show(nameOf(section))}${suffix(section)}`),
    ...summaryLines(section, paint),
    ...section.objects.flatMap((object) => objectLines(section, object, paint)),
    '',
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

/** What cannot be done on a line of its own, all else on one. */
function summaryLines(section: Section, paint: Paint): string[] {
  const phrases = 'effects' in section && section.effects ? effectPhrases(section.effects) : [];
  const lines = phrases.flatMap(({ effect, words }) =>
    effect === 'immutable' ? [`  ${paint.grave(`! ${words}`)}`] : [],
  );
  const others = phrases.filter(({ effect }) => effect !== 'immutable').map(({ words }) => words);
  return others.length > 0 ? [...lines, `  ${others.join('; ')}`] : lines;
}

function objectLines(section: Section, object: ObjectDifference, paint: Paint): string[] {
  const heading = paint[object.fate](`  ${SIGNS[object.fate]} ${title(object)}`);
  const groups = changesByEffect(section, object);
  const [first, second] = groups;
  const words = fateWords(object);
  // Where all do the same it is said once.
  if (!second && first?.effect !== 'immutable') {
    const said = first?.words || words;
    return [
      said ? `${heading} ${paint.note(`(${said})`)}` : heading,
      ...(first?.changes ?? []).flatMap((change) => changeLines(change, '    ', paint)),
    ];
  }
  const lines = groups.flatMap((group) => {
    const under = group.effect ? '      ' : '    ';
    const changes = group.changes.flatMap((change) => changeLines(change, under, paint));
    if (!group.effect) return changes;
    return [
      `    ${group.effect === 'immutable' ? paint.grave(`! ${group.words}`) : group.words}`,
      ...changes,
    ];
  });
  return [heading, ...lines];
}

function changeLines({ fate, field, from, to, lines }: ShownChange, under: string, paint: Paint): string[] {
  const sign = paint[fate](`${under}${SIGNS[fate]} ${field}`);
  if (lines) return [sign, ...lines.map((line) => paintLine(`${under}    ${line}`, line, paint))];
  return [`${sign}  ${[from, to].filter((side) => side !== undefined).join(' → ')}`];
}

function paintLine(text: string, { 0: sign }: string, paint: Paint): string {
  if (sign === '+') return paint.added(text);
  return sign === '-' ? paint.removed(text) : text;
}
