const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: ReadonlyMap<string, number> = new Map(
  (
    [
      [1, 'seconds second secs sec s'],
      [MINUTE, 'minutes minute mins min m'],
      [HOUR, 'hours hour hrs hr h'],
      [DAY, 'days day dy d'],
      [7 * DAY, 'weeks week wks wk w'],
      [30 * DAY, 'months month mos mo'],
      [365 * DAY, 'years year yrs yr y'],
    ] as const
  ).flatMap(([seconds, words]) => words.split(' ').map((word) => [word, seconds] as const)),
);

const NUMBERS: ReadonlyMap<string, number> = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, value) => [word, value]),
);

/** Words that GitLab skips between the parts of a duration. */
const FILLERS: ReadonlySet<string> = new Set(['and', 'with', 'plus']);

/**
 * Reads a duration as GitLab does ('90 minutes', '1h 30m', '2 hrs and 5 secs', '01:30:00', '3600').
 *
 * @returns seconds, or undefined for what GitLab refuses: text that it cannot read, and nothing at all
 */
export function parseDuration(text: string): number | undefined {
  const clean = text.trim().toLowerCase();
  const clock = /^(?:(\d+):)?(\d+):(\d+)(?:\.\d+)?$/.exec(clean);
  const seconds = clock
    ? Number(clock[1] ?? 0) * HOUR + Number(clock[2]) * MINUTE + Number(clock[3])
    : fromWords(clean);
  return seconds !== undefined && seconds > 0 && Number.isFinite(seconds) ? seconds : undefined;
}

function fromWords(text: string): number | undefined {
  const tokens = text.match(/\d+(?:\.\d+)?|[a-z]+|[^\s,]/g) ?? [];
  let total = 0;
  let amount: number | undefined;
  for (const token of tokens) {
    const unit = UNITS.get(token);
    const number = /^\d/.test(token) ? Number(token) : NUMBERS.get(token);
    if (unit !== undefined && amount !== undefined) {
      total += amount * unit;
      amount = undefined;
    } else if (number !== undefined && amount === undefined) {
      amount = number;
    } else if (!FILLERS.has(token)) {
      return undefined;
    }
  }
  // A number without a unit counts seconds, but only when it stands alone.
  if (amount !== undefined && tokens.length > 1) return undefined;
  return total + (amount ?? 0);
}
