import { parseDuration } from '../../src/gitlab';

describe('a duration', () => {
  test.each([
    ['90 minutes', 5400],
    ['1h 30m', 5400],
    ['1h30m', 5400],
    ['2 hrs and 5 secs', 7205],
    ['1.5 hours', 5400],
    ['one week', 604_800],
    ['3 mins, 4 sec', 184],
    ['01:30:00', 5400],
    ['4:00', 240],
    ['42', 42],
    ['1 month', 2_592_000],
    ['1 YEAR', 31_536_000],
  ])('%s is read', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each([
    '',
    '0',
    '0 minutes',
    'soon',
    '5 parsecs',
    'minutes',
    '1 2 minutes',
    '-5 minutes',
    '1h 30',
    'never',
  ])("fails for '%s'", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
