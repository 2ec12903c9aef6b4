import { PARALLEL_MAX, VARIABLE_NAME } from '../limits';
import type { Matrix } from '../parallel';
import { either, fields, integer, isObject, items, list, type Shape, table, text } from './shape';

const value: Shape = either('text or a number', { text: text({ empty: true }), number: () => {} });

const row: Shape = table(
  VARIABLE_NAME,
  'letters, digits and underscores',
  either('text, a number or a list of these', { text: value, number: value, list: items(value, { min: 1 }) }),
);

const members = fields<Matrix>(
  { matrix: list(row, { expected: 'a list of rows', min: 1 }) },
  {
    required: ['matrix'],
    also: (given, at, sink) => {
      const count = instances(given);
      if (count > PARALLEL_MAX) {
        sink.wrong(
          `${at}.matrix`,
          `makes ${count} jobs; GitLab takes at most ${PARALLEL_MAX}. Take out some values.`,
        );
      }
    },
  },
);

/** A matrix. */
export const matrix: Shape = either('{ matrix }', { object: members });

/** A number of instances, or a matrix. */
export const parallel: Shape = either(`a whole number from 1 to ${PARALLEL_MAX}, or { matrix }`, {
  number: integer(1, PARALLEL_MAX),
  object: members,
});

/** How many jobs a value of `parallel` makes; 1 for none and for what cannot be read. */
export function instances(given: unknown): number {
  if (typeof given === 'number') return given;
  if (!isObject(given) || !Array.isArray(given.matrix)) return 1;
  let total = 0;
  for (const variables of given.matrix) {
    if (!isObject(variables)) continue;
    let product = 1;
    for (const values of Object.values(variables)) product *= Array.isArray(values) ? values.length : 1;
    total += product;
  }
  return total;
}
