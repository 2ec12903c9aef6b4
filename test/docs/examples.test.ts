import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Fleet } from '../../src';
import { synthesise } from '../../src/synth';
import { CLOUDS } from './clouds';
import { codeBlocks, DOCUMENTS, deadLinks, EXAMPLES, isShownIn, ROOT, SOURCES } from './documents';
import { runProgram, typeErrors } from './programs';

/** Warnings that an example is there to show. */
const EXPECTED_WARNINGS: Readonly<Record<string, readonly string[]>> = {
  'aws-escape-hatches.ts': ['spec.acmeMesh'],
};

describe('examples', () => {
  test.each(EXAMPLES)('docs/examples/%s synthesises', (name) => {
    const { fleet } = require(path.join(ROOT, 'docs/examples', name)) as { fleet: Fleet };
    const { findings, files } = synthesise(fleet);
    expect(findings.map(({ field }) => field)).toEqual(EXPECTED_WARNINGS[name] ?? []);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect([...files.keys()].filter((file) => file.endsWith('/kops.yaml'))).not.toEqual([]);
  });

  test('those for other clouds, and no others, are in the table of clouds', () => {
    const others = EXAMPLES.filter((name) => !name.startsWith('aws-')).map((name) => name.replace('.ts', ''));
    expect(Object.keys(CLOUDS).sort()).toEqual(others.sort());
  });

  test('docs/other-clouds.md tells what kOps says of each', () => {
    const page = fs.readFileSync(path.join(ROOT, 'docs/other-clouds.md'), 'utf8');
    const errors = Object.values(CLOUDS).flatMap(({ replaceSays }) => replaceSays ?? []);
    expect(errors.filter((error) => !page.includes(error))).toEqual([]);
  });
});

describe('documents', () => {
  const blocks = DOCUMENTS.flatMap(codeBlocks);
  const programs = blocks.filter(({ code, isProgram }) => isProgram && !isShownIn(code, SOURCES));

  test('show nothing that is not run: parts of docs/examples and clusters, or whole programs', () => {
    const others = blocks.filter(({ code, isProgram }) => !isProgram && !isShownIn(code, SOURCES));
    expect(others.map(({ place, code }) => `${place}\n${code}`)).toEqual([]);
  });

  test('have programs of their own that run', () => {
    const errors = programs.flatMap(({ place, code }) =>
      synthesise(runProgram(code).fleet)
        .findings.filter(({ severity }) => severity === 'error')
        .map(({ field, message }) => `${place} ${field}: ${message}`),
    );
    expect(errors).toEqual([]);
  });

  test('have programs of their own with the right types', () => {
    expect(typeErrors(programs)).toBe('');
  });

  test.each(DOCUMENTS)('the links of %s lead to files that are there', (document) => {
    expect(deadLinks(document)).toEqual([]);
  });
});
