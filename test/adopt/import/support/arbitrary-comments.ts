import * as fc from 'fast-check';
import * as yaml from 'yaml';
import type { KopsDocument } from '../../../../src';
import { HOSTILE_TEXTS } from './arbitrary-text';

/** A comment somewhere in a text: a number leads there. */
export interface Remark {
  readonly where: number;
  readonly isBeside: boolean;
  readonly text: string;
}

/** One line that can stand behind a `#`: to kOps's reader U+2028 and the like end it. */
const line = fc
  .oneof(
    fc.constantFrom(
      ...HOSTILE_TEXTS,
      '@ts-expect-error',
      'biome-ignore lint: x',
      'eslint-disable',
      'TODO(ada): x',
    ),
    fc.string({ maxLength: 20 }),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  .map((text) => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]+/g, ' ').trim())
  .filter((text) => text !== '' && !text.startsWith('#'));

/** Comments of any kind, at any place. */
export const arbitraryRemarks: fc.Arbitrary<Remark[]> = fc.array(
  fc.record({ where: fc.nat(), isBeside: fc.boolean(), text: line }),
  { minLength: 1, maxLength: 8 },
);

/** Documents as YAML with comments above and beside fields and items. */
export function remarked(documents: readonly KopsDocument[], remarks: readonly Remark[]): string {
  const parsed = documents.map((document) => new yaml.Document(document, { aliasDuplicateObjects: false }));
  const places = parsed.flatMap(placesIn);
  for (const { where, isBeside, text } of remarks) {
    const { key, value } = places[where % places.length] as Place;
    const scalar = yaml.isScalar(value) ? value : undefined;
    if (isBeside && scalar) scalar.comment = `${scalar.comment ?? ''} ${text}`;
    else key.commentBefore = [...(key.commentBefore?.split('\n') ?? []), ` ${text}`].join('\n');
  }
  const options = {
    lineWidth: 0,
    version: '1.1',
    blockQuote: false,
    defaultStringType: 'QUOTE_DOUBLE',
  } as const;
  return parsed.map((document) => document.toString({ ...options, defaultKeyType: 'PLAIN' })).join('---\n');
}

interface Place {
  /** What a comment stands above. */
  readonly key: yaml.Node;
  /** What it stands beside. */
  readonly value: unknown;
}

function placesIn(document: yaml.Document): Place[] {
  const places: Place[] = [];
  yaml.visit(document, {
    Pair: (_, { key, value }) => {
      if (yaml.isNode(key)) places.push({ key, value });
    },
    Seq: (_, { items }) => {
      for (const item of items) if (yaml.isScalar(item)) places.push({ key: item, value: item });
    },
  });
  return places;
}
