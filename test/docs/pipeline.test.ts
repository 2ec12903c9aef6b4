import * as fs from 'node:fs';
import * as path from 'node:path';
import { fleet } from '../../clusters/fleet';
import { script } from '../../src/delivery/script';
import { CLUSTER_DELIVERY_MEMBERS } from '../../src/delivery/settings';
import { STEP_NAMES, stepJob } from '../../src/delivery/templates';
import { VERIFY_JOB, verifyJob } from '../../src/delivery/verify';
import { DOCUMENTS, ROOT } from './documents';

const read = (document: string) => fs.readFileSync(path.join(ROOT, document), 'utf8');
const README = read('README.md');
const PIPELINE = read('docs/pipeline.md');
const RECORD = read('docs/record.md');

/** The rows of a table that begins so, cell by cell; what is escaped for the table is as it was meant. */
function table(text: string, head: string): string[][] {
  const lines = text.slice(text.indexOf(head)).split('\n');
  const rows = lines.slice(
    2,
    lines.findIndex((line) => !line.startsWith('|')),
  );
  return rows.map((row) =>
    row
      .replace(/^\| | \|$/g, '')
      .split(' | ')
      .map((cell) => cell.replaceAll('\\|', '|')),
  );
}

const codeOf = (text = '') => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const nameOf = (cell = '') => codeOf(cell)[0]?.replace(':<cluster>', '');

describe('the README', () => {
  const jobs = table(README, '| job | runs | starts | does |');
  const touched = table(README, '| job | role |');

  test('tells all jobs, and no others', () => {
    const names = [VERIFY_JOB, ...STEP_NAMES];
    expect(jobs.map(([job]) => nameOf(job))).toEqual(names);
    expect(touched.map(([job]) => nameOf(job))).toEqual(names);
  });

  test.each(STEP_NAMES)('tells how %s starts, and with which role', (step) => {
    const [prod] = fleet.waves.slice(-1);
    if (!prod) throw new Error('no wave');
    const { when, variables } = stepJob(step, prod);
    const [, , starts] = jobs.find(([job]) => nameOf(job) === step) ?? [];
    expect(starts?.startsWith('by hand')).toBe(when === 'manual');
    const [, role] = touched.find(([job]) => nameOf(job) === step) ?? [];
    expect(variables?.CDKOPS_AWS_ROLE_ARN).toBe(`arn:aws:iam::123456789012:role/kops-prod-${role}`);
  });

  test('says that the example fleet does not plan production in merge requests', () => {
    expect(README).toContain('`plansInMergeRequests: false` for production');
    expect(read('clusters/eu.k8s.acme.example/pipeline.yml')).not.toContain('merge_request_event');
    expect(read('clusters/dev.k8s.acme.example/pipeline.yml')).toContain('merge_request_event');
  });
});

describe('docs/pipeline.md', () => {
  test('names every setting', () => {
    const named = table(PIPELINE, '| setting | default | what |').flatMap(([setting]) => codeOf(setting));
    expect(named.sort()).toEqual(Object.keys(CLUSTER_DELIVERY_MEMBERS).sort());
  });

  const messages = table(PIPELINE, '| job | says | do |').flatMap(([, says]) => codeOf(says));
  const said = `${script()}\n${verifyJob({}, '.gitlab-ci.yml').script}`;

  test('knows messages', () => expect(messages.length).toBeGreaterThan(20));

  test.each(messages)('has a message that jobs do say: %s', (message) => {
    // What differs from time to time is an ellipsis.
    for (const part of message.split('…')) expect(said).toContain(part.trim());
  });
});

describe('docs/record.md', () => {
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(RECORD) ?? [];
  const record = JSON.parse(example);
  const [takeOver] = RECORD.slice(RECORD.indexOf('Of a take-over')).split('\n\n', 1);
  const told = [...RECORD.matchAll(/^\| `(\w+)` \|/gm)].map(([, field]) => field);

  test('tells every field of its example', () => {
    const { inProgress, rollOuts } = record;
    const all = [record, inProgress, ...rollOuts].flatMap((part) => Object.keys(part));
    expect(all.filter((field) => !told.includes(field))).toEqual([]);
  });

  test('tells the fields that the jobs write', () => {
    const text = script();
    for (const field of told) expect(text).toMatch(new RegExp(`[.{,\\s]${field}\\b`));
    expect(takeOver).toMatch(/`reason`, `by`, `time`, the `pipeline`[\s\S]*`from`/);
  });
});

test.each(DOCUMENTS)('the links of %s lead to headings that are there', (document) => {
  const links = [...read(document).matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)];
  const dead = links.filter(([, file = '', anchor]) => {
    const target = file === '' ? document : path.posix.join(path.posix.dirname(document), file);
    const headings = [...read(target).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slug(heading));
    return !headings.includes(anchor ?? '');
  });
  expect(dead.map(([link]) => link)).toEqual([]);
});

/** As GitLab makes the anchor of a heading. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
