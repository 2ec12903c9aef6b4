import * as fs from 'node:fs';
import * as path from 'node:path';
import { ScriptFunctions } from '../support/script-functions';

// Which of the manifests that a record keeps a roll-back takes.

let functions: ScriptFunctions;
beforeAll(() => {
  functions = new ScriptFunctions();
});

/** A roll-out of a manifest, each with a commit of its own. */
const rollOut = (manifestDigest: string, more: object = {}) => ({
  manifestDigest,
  commit: `${manifestDigest}c0ffee0`,
  pipeline: { id: '1' },
  ...more,
});
const back = (manifestDigest: string, pipeline = '1') =>
  rollOut(manifestDigest, { rolledBack: true, commit: 'abcabcabc', pipeline: { id: pipeline } });
const [A, B, C, D] = ['a1a1a1a1', 'b2b2b2b2', 'c3c3c3c3', 'd4d4d4d4'] as const;

/** What a function prints of a record. */
function chosen(call: string, record: object): string[] {
  fs.writeFileSync(path.join(functions.work, 'record.json'), JSON.stringify(record));
  const { code, stdout, stderr } = functions.run(call, { env: { pipeline: '9', KOPS_VERSION: '1.36.2' } });
  if (code !== 0) return [stderr.trim().split('\n')[0] ?? ''];
  return stdout.split('\n').filter((line) => line !== '');
}

test.each<readonly [what: string, record: object, expected: readonly string[]]>([
  ['the one before', { rollOuts: [rollOut(B), rollOut(A)] }, [A]],
  ['none, where there is one', { rollOuts: [rollOut(A)] }, []],
  ['the one before, where the newest came twice', { rollOuts: [rollOut(B), rollOut(B), rollOut(A)] }, [A]],
  ['what was valid last, in a roll-out', { rollOuts: [rollOut(B), rollOut(A)], inProgress: rollOut(C) }, [B]],
  [
    'where it was going, in a roll-back',
    { rollOuts: [rollOut(C), rollOut(B), rollOut(A)], inProgress: back(A) },
    [A],
  ],
  ["what it did, after this pipeline's own", { rollOuts: [back(A, '9'), rollOut(B), rollOut(A)] }, [A]],
  ['nothing that was left behind, after another', { rollOuts: [back(A), rollOut(B), rollOut(A)] }, []],
  [
    'what was before that, after another',
    { rollOuts: [back(B), rollOut(C), rollOut(B), rollOut(A), rollOut(D)] },
    [A],
  ],
  [
    'what was before that, after two of them',
    { rollOuts: [back(A), back(B), rollOut(C), rollOut(A), rollOut(D)] },
    [D],
  ],
  [
    'none, where what it went back to is not kept as such',
    { rollOuts: [back(A), rollOut(C), rollOut(B)] },
    [],
  ],
])('without a name: %s', (_what, record, expected) => {
  expect(chosen('target_before', record)).toEqual(expected);
});

const KEPT = { rollOuts: [back(A), rollOut(B), rollOut(A), rollOut(B, { commit: 'b2b2b2b2ffff' })] };

test.each<readonly [to: string, expected: readonly string[]]>([
  [A, [A]],
  [A.slice(0, 7), [A]],
  [`${B}c0ffee0`, [B]],
  // The digest and two commits begin so, and all have one manifest.
  ['b2b2b2b', [B]],
  // The commit of a roll-back has another manifest than the one that it went back to.
  ['abcabcabc', []],
  ['0000000', []],
  ['a1a1a1', ['cdkops: CDKOPS_ROLL_BACK_TO is neither a commit nor the digest of a manifest: a1a1a1']],
  ['A1A1A1A1', ['cdkops: CDKOPS_ROLL_BACK_TO is neither a commit nor the digest of a manifest: A1A1A1A1']],
  ['--help', ['cdkops: CDKOPS_ROLL_BACK_TO is neither a commit nor the digest of a manifest: --help']],
])('by the name %s', (to, expected) => {
  expect(chosen(`CDKOPS_ROLL_BACK_TO=${to}\ntarget_named`, KEPT)).toEqual(expected);
});

test('a name that two manifests have is both', () => {
  const twins = { rollOuts: [rollOut(`${A}01`), rollOut(`${A}02`)] };
  expect(chosen(`CDKOPS_ROLL_BACK_TO=${A}\ntarget_named`, twins)).toEqual([`${A}01`, `${A}02`]);
});
