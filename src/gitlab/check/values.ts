import { INPUT_NAME, VARIABLE_NAME } from '../limits';
import type { GlobalVariable, Variable } from '../variables';
import {
  anything,
  describe,
  either,
  fields,
  flag,
  isObject,
  items,
  list,
  type Shape,
  table,
  text,
} from './shape';

/** Shapes that several keywords share. */

const WORDS = 'letters, digits and underscores';

const value: Shape = either('text or a whole number', {
  text: anything,
  number: (given, at, sink) => {
    if (!Number.isInteger(given)) {
      sink.wrong(at, `is ${describe(given)}, of which GitLab would make text its own way. Write it as text.`);
    }
  },
});

/** Variables of a job. */
export const variables: Shape = table(
  VARIABLE_NAME,
  WORDS,
  either('text, a whole number, or { value, expand }', {
    text: value,
    number: value,
    object: fields<Variable>({ value, expand: flag }, { required: ['value'] }),
  }),
);

/** Variables that a rule sets. */
export const ruleVariables: Shape = table(VARIABLE_NAME, WORDS, value);

/** Variables of the whole pipeline. */
export const globalVariables: Shape = table(
  VARIABLE_NAME,
  WORDS,
  either('text, a whole number, or { value, description, options, expand }', {
    text: value,
    number: value,
    object: fields<GlobalVariable>(
      {
        value,
        description: text({ empty: true }),
        options: list(text({ empty: true }), { min: 1 }),
        expand: flag,
      },
      {
        also: (given, at, sink) => {
          if (!isObject(given) || !Array.isArray(given.options) || given.options.includes(given.value))
            return;
          sink.wrong(
            `${at}.value`,
            `is ${describe(given.value)}, which is not among the options. Add it there.`,
          );
        },
      },
    ),
  }),
);

/** Names of variables that hold something. */
export function byVariable(item: Shape): Shape {
  return table(VARIABLE_NAME, WORDS, item);
}

/** A path or several. */
export const paths: Shape = either('a path or a list of paths', { text: text(), list: items(text()) });

/** Inputs of an included file. */
export const inputs: Shape = table(INPUT_NAME, 'letters, digits, - and _', anything);

/** Commands; lists inside lists are GitLab's own, for what `!reference` brings. */
export function script(empty: boolean): Shape {
  const expected = 'a command or a list of commands';
  const command: Shape = (given, at, sink) =>
    either('a command as text', {
      text: anything,
      list: (more, path, within) => items(command)(more, path, within),
    })(given, at, sink);
  return either(expected, {
    text: text({ expected, empty }),
    list: (given, at, sink) => {
      if (!empty && (given as readonly unknown[]).length === 0) {
        sink.wrong(at, `is an empty list; expected ${expected}.`);
      }
      items(command)(given, at, sink);
    },
  });
}
