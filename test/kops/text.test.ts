import { isUnkeepableKey, unkeepableCharacter } from '../../src/kops/text';
import { LONE_SURROGATES, NASTY_STRINGS } from '../fixtures/strings';

test.each([
  ['\u007F', 0, 0x7f, 'U+007F (delete)'],
  ['a\u0080', 1, 0x80, 'U+0080 (a control character)'],
  ['ab\u0085c', 2, 0x85, 'U+0085 (next line)'],
  ['\u009F', 0, 0x9f, 'U+009F (a control character)'],
  ['\uFFFEx', 0, 0xfffe, 'U+FFFE (not a character)'],
  ['x\uFFFF', 1, 0xffff, 'U+FFFF (not a character)'],
  ['\uD83D', 0, 0xd83d, 'U+D83D (half a surrogate pair)'],
  ['x\uDE80', 1, 0xde80, 'U+DE80 (half a surrogate pair)'],
  ['\uDBFF\uDFFF\uDFFF', 2, 0xdfff, 'U+DFFF (half a surrogate pair)'],
  ['\uD800', 0, 0xd800, 'U+D800 (half a surrogate pair)'],
])('%j is found', (text, index, codePoint, name) => {
  expect(unkeepableCharacter(text)).toEqual({ index, codePoint, name });
});

test('the first one counts, in UTF-16 units', () => {
  expect(unkeepableCharacter('🚀🚀\u0085\u007F')).toMatchObject({ index: 4, codePoint: 0x85 });
});

test('exactly the characters that kops cannot keep', () => {
  const found: number[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    if (unkeepableCharacter(String.fromCodePoint(code)) !== undefined) found.push(code);
  }
  const range = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index);
  expect(found).toEqual([...range(0x7f, 0x9f), ...range(0xd800, 0xdfff), 0xfffe, 0xffff]);
});

test('the corpus has both kinds', () => {
  expect(NASTY_STRINGS.filter(({ text }) => unkeepableCharacter(text) !== undefined).length).toBeGreaterThan(
    30,
  );
  expect(NASTY_STRINGS.filter(({ text }) => unkeepableCharacter(text) === undefined).length).toBeGreaterThan(
    600,
  );
  expect(LONE_SURROGATES.every(({ text }) => unkeepableCharacter(text) !== undefined)).toBe(true);
});

test('a key of two less-than signs, and no other of the corpus', () => {
  expect(NASTY_STRINGS.filter(({ text }) => isUnkeepableKey(text)).map(({ text }) => text)).toEqual(['<<']);
});
