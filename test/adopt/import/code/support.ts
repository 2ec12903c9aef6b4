import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import type {
  Code,
  Commented,
  ItemCode,
  MemberCode,
  Statement,
} from '../../../../src/adopt/import/code/model';
import { NASTY_STRINGS } from '../../../fixtures/strings';

const ROOT = path.resolve(__dirname, '../../../..');
const BIOME = path.join(ROOT, 'node_modules/.bin/biome');

/** The text as Biome formats it, with the project's own settings. */
export function formatted(text: string): string {
  const options = ['format', '--stdin-file-path=src/x.ts', '--files-max-size=100000000'];
  return execFileSync(BIOME, options, { cwd: ROOT, input: text, encoding: 'utf8', maxBuffer: 1e9 });
}

/** What Biome has to say of files, imports and all: rule, file and line of each finding. */
export function complaints(files: Readonly<Record<string, string>>): string[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdkops-biome-'));
  try {
    // There is no git in the folder to ask what is ignored.
    const config = JSON.parse(fs.readFileSync(path.join(ROOT, 'biome.json'), 'utf8'));
    fs.writeFileSync(path.join(folder, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }));
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
    const options = ['check', '--reporter=json', '--max-diagnostics=none', ...Object.keys(files)];
    const run = spawnSync(BIOME, options, { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
    const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: readonly Diagnostic[] };
    return diagnostics.map(
      ({ category, location }) => `${category} ${location.path}:${location.start?.line}`,
    );
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string; readonly start?: { readonly line: number } };
}

/** Text with whatever is hard to write as code. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NASTY_STRINGS.map(({ text }) => text)),
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '\n',
          '\r\n',
          '\t',
          ' ',
          "'",
          '"',
          '`',
          '$',
          `\${x}`,
          '*/',
          '//',
          '\\',
          'ab',
          '\u2028',
          '\0',
          '1',
        ],
      ),
      {
        maxLength: 30,
      },
    )
    .map((parts) => parts.join('')),
);

/** Text as manifests have it. */
const ordinaryText = fc.oneof(
  fc.constantFrom('us-east-1a', 'm5.large', '10.0.0.0/16', "it's", 'a "b"', '日本語', '👍', 'é'),
  fc.stringMatching(/^[a-z0-9.-]{1,60}$/),
  fc.stringMatching(/^[a-z ]{1,130}$/),
  fc
    .array(fc.stringMatching(/^[a-z ]{0,60}$/), { minLength: 2, maxLength: 4 })
    .map((lines) => lines.join('\n')),
);

const anyKey = fc.oneof(
  { weight: 12, arbitrary: fc.stringMatching(/^[a-z][A-Za-z]{0,14}$/) },
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z./-]{1,40}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z./-]{85,112}$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', '1', '01', 'new', 'class', '-', 'é', ''),
  },
  { weight: 1, arbitrary: anyText },
);

const anyNumber = fc.oneof(
  fc.integer({ min: -5, max: 100_000 }),
  fc.double(),
  fc.constantFrom(-0, 1e21, 1e-7, 2 ** 60),
);

const text = (value: string): Code => ({ kind: 'literal', value });

const literal: fc.Arbitrary<Code> = fc
  .oneof(ordinaryText, ordinaryText, anyText, anyNumber, fc.constantFrom(true, false, null))
  .map((value) => ({ kind: 'literal', value }));

const comment = fc.oneof(fc.stringMatching(/^[a-z ]{0,70}$/), anyText);

function comments(often: number): fc.Arbitrary<Commented> {
  return fc
    .tuple(fc.nat(often), fc.array(comment, { minLength: 1, maxLength: 2 }), comment)
    .map(([which, before, beside]) => ({
      ...((which === 0 || which === 1) && { before }),
      ...((which === 0 || which === 2) && { beside }),
    }));
}

function after(often: number): fc.Arbitrary<{ after?: string[] }> {
  return fc.tuple(fc.nat(often), comment).map(([which, text]) => (which === 0 ? { after: [text] } : {}));
}

function member(value: fc.Arbitrary<Code>): fc.Arbitrary<MemberCode> {
  return fc
    .tuple(anyKey, value, comments(20))
    .map(([key, code, around]) => ({ key, value: code, ...around }));
}

function item(value: fc.Arbitrary<Code>): fc.Arbitrary<ItemCode> {
  return fc.tuple(value, comments(30)).map(([code, around]) => ({ value: code, ...around }));
}

const numbers: fc.Arbitrary<Code> = fc
  .tuple(
    fc.array(item(anyNumber.map((value): Code => ({ kind: 'literal', value }))), { maxLength: 60 }),
    after(10),
  )
  .map(([items, end]) => ({ kind: 'list', items, ...end }));

/** What manifests can say, and some comments. Keys may come twice. */
export const anyData: fc.Arbitrary<Code> = fc.letrec<{ code: Code; object: Code; list: Code }>((tie) => ({
  code: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    literal,
    literal,
    tie('object'),
    tie('list'),
    numbers,
  ),
  object: fc
    .tuple(fc.array(member(tie('code')), { maxLength: 6 }), after(15))
    .map(([members, end]): Code => ({ kind: 'object', members, ...end })),
  list: fc
    .tuple(fc.array(item(tie('code')), { maxLength: 6 }), after(15))
    .map(([items, end]): Code => ({ kind: 'list', items, ...end })),
})).code;

const raw: fc.Arbitrary<Code> = fc
  .constantFrom('wave', 'cluster', 'a.b')
  .map((text) => ({ kind: 'raw', text }));

/** Calls with data, also as members of objects. */
export const anyCall: fc.Arbitrary<Code> = fc
  .tuple(
    fc.constantFrom('new NodeGroup', 'new Cluster', 'StateStore.s3', 'merge'),
    fc.array(fc.oneof(raw, literal, anyData), { maxLength: 3 }),
  )
  .map(([callee, args]) => ({ kind: 'call', callee, arguments: args }));

const withCalls: fc.Arbitrary<Code> = fc
  .array(member(fc.oneof(anyCall, raw, anyData)), { maxLength: 6 })
  .map((members) => ({ kind: 'object', members }));

/** Statements as they stand in a cluster's function. */
export const anyStatement: fc.Arbitrary<Statement> = fc
  .tuple(
    fc.constantFrom(undefined, 'const cluster = ', 'return '),
    fc.oneof(
      anyCall,
      fc
        .tuple(fc.constantFrom('new NodeGroup', 'StateStore.s3'), ordinaryText, fc.oneof(withCalls, anyData))
        .map(
          ([callee, name, props]): Code => ({
            kind: 'call',
            callee,
            arguments: [{ kind: 'raw', text: 'wave' }, { kind: 'literal', value: name }, props],
          }),
        ),
    ),
    comments(8),
    fc.option(fc.array(fc.oneof(literal, ordinaryText.map(text)), { minLength: 1, maxLength: 8 }), {
      freq: 8,
    }),
  )
  .map(([lead, code, around, of]) => ({
    ...(lead && { lead }),
    code,
    ...around,
    ...(of &&
      !lead && { each: { variable: 'zone', of: { kind: 'list', items: of.map((value) => ({ value })) } } }),
  }));
