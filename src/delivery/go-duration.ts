import { quoted, type shape } from '../core';

/**
 * Numbers with units, as Go's time.ParseDuration reads them; neither negative nor with units below a millisecond, which
 * would be mistakes. Six digits keep it within the 292 years that Go can count.
 */
const DURATION = /^(?:\d{1,6}(?:\.\d{1,6})?(?:ms|h|m|s))+$/;
const EXPECTED = "a duration such as '30s', '5m' or '1h30m'";

/** A duration in kOps's (Go's) notation: `30s`, `5m`, `1h30m`. */
export const goDuration: shape.Shape = {
  expected: EXPECTED,
  fits: (value) => typeof value === 'string',
  remedy: (value) => (typeof value === 'number' ? withUnit(value) : ''),
  copy: (value: string, at, report) => {
    if (DURATION.test(value)) return value;
    const remedy = /^\d+$/.test(value) ? withUnit(value) : '; its units are h, m, s and ms';
    report(at, `expected ${EXPECTED}, got ${quoted(value)}${remedy}`);
    return undefined;
  },
};

function withUnit(value: number | string): string {
  return `; write its unit, too: '${value}s' for seconds, '${value}m' for minutes`;
}
