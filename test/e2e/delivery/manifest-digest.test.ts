import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { digestsOfFiles } from '../../../src/delivery/ejected-digest';
import { ScriptFunctions } from '../support/script-functions';
import { SHELLS, type Shell } from '../support/script-run';

// The digest that the jobs make where people write the manifests: eject has to make the same.

let functions: ScriptFunctions;
let folder: string;
beforeAll(() => {
  functions = new ScriptFunctions();
  folder = functions.work;
  write('m/kops.yaml', 'kind: Cluster\n');
  write('m/crlf.yaml', 'kind: Cluster\r\n');
  write('t/b.yaml', 'b\n');
  write('t/a/z.yaml', 'z');
  write('t/a-b.yaml', Buffer.from([0xff, 0x0d, 0xfe]));
  write('t/ä.yaml', 'ä\n');
  write('t/.hidden', 'editor\n');
  write('t/.idea/x', 'editor\n');
  write('.kept/v.yaml', 'v\n');
});

function write(file: string, contents: string | Buffer): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), contents);
}

const sha256 = (text: string) => crypto.createHash('sha256').update(text).digest('hex');

/** What the script prints, in a shell. */
function printed(
  env: Readonly<Record<string, string>>,
  shell: Shell = 'dash',
  call = 'digest_of_commit',
): string {
  const { code, stdout, stderr } = functions.run(`set -eu\nfound=$(${call})\nprintf %s "$found"`, {
    env,
    shell,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const FLAGS = ['--template', 't', '--values', '.kept/v.yaml', '--snippets', 't/a', '--fail-on-missing'];

describe.each(Object.keys(SHELLS) as Shell[])('in %s', (shell) => {
  test('is that which came with the manifest, of code', () => {
    const env = {
      CDKOPS_MANIFEST: 'm/kops.yaml',
      CDKOPS_MANIFEST_DIGEST: 'abc',
      CDKOPS_EJECTED_DIGEST: 'd=e',
    };
    expect(printed(env, shell)).toBe('abc');
  });

  test("is else that of the manifest's text, whatever its line ends", () => {
    for (const file of ['m/kops.yaml', 'm/crlf.yaml']) {
      expect(printed({ CDKOPS_MANIFEST: file }, shell)).toBe(sha256('kind: Cluster\n'));
    }
    const made = digestsOfFiles(folder, new Map([['new.yaml', 'a\r\n']]));
    const of = (manifest: string) => made({ manifest });
    expect([of('m/kops.yaml'), of('m/crlf.yaml'), of('new.yaml')]).toEqual([
      sha256('kind: Cluster\n'),
      sha256('kind: Cluster\n'),
      sha256('a\n'),
    ]);
  });

  test('is what the record knows, while the manifest is what cdkops gave last', () => {
    const now = sha256('kind: Cluster\n');
    const of = (digest: string) =>
      printed({ CDKOPS_MANIFEST: 'm/kops.yaml', CDKOPS_EJECTED_DIGEST: digest }, shell);
    expect(of(`${now}=${'1'.repeat(64)}`)).toBe('1'.repeat(64));
    expect(of(`${'2'.repeat(64)}=${'1'.repeat(64)}`)).toBe(now);
    // Half of one is none.
    for (const wrong of [now, `${now}=`, `=${now}`]) expect(of(wrong)).toBe(now);
  });

  test('is of all that a template is rendered from, as eject makes it', () => {
    const made = digestsOfFiles(folder, new Map())({ manifest: undefined, templateFlags: FLAGS });
    expect(printed({ CDKOPS_TEMPLATE_FLAGS: FLAGS.join(' ') }, shell)).toBe(made);
  });

  test('is nothing where a file is not there', () => {
    expect(printed({ CDKOPS_MANIFEST: 'm/gone.yaml' }, shell)).toBe('');
    expect(printed({}, shell)).toBe('');
    for (const flags of ['--template t --values gone.yaml', '--template=gone', '--template t --values']) {
      expect(printed({ CDKOPS_TEMPLATE_FLAGS: flags }, shell)).toBe('');
    }
  });
});

test('changes with each file, path and flag of a template, and not with what is hidden', () => {
  const now = (flags: readonly string[] = FLAGS) => printed({ CDKOPS_TEMPLATE_FLAGS: flags.join(' ') });
  const before = now();
  const others = [
    now(FLAGS.map((flag) => flag.replace('--fail-on-missing', '--fail-on-missing=false'))),
    now(['--template=t', '--values=.kept/v.yaml', '--snippets=t/a', '--fail-on-missing']),
  ];
  for (const file of ['t/a/z.yaml', 't/a-b.yaml', 't/ä.yaml', '.kept/v.yaml']) {
    const contents = fs.readFileSync(path.join(folder, file));
    write(file, 'changed');
    others.push(now());
    // Also where somebody writes the flags in the other way.
    expect(now(['--template=t', '--values=.kept/v.yaml', '--snippets=t/a', '--fail-on-missing'])).not.toBe(
      others[1],
    );
    write(file, contents);
  }
  fs.renameSync(path.join(folder, 't/b.yaml'), path.join(folder, 't/c.yaml'));
  others.push(now());
  fs.renameSync(path.join(folder, 't/c.yaml'), path.join(folder, 't/b.yaml'));
  write('t/.idea/x', 'changed');
  expect(now()).toBe(before);
  expect(new Set([before, ...others]).size).toBe(others.length + 1);
});

test('a gate reads what it needs for it of a cluster, with letters of any language', () => {
  const read = (line: string) => {
    write('clusters/a.b/pipeline.yml', `.cluster:a.b:\n  extends: .cdkops:dev\n  variables:\n    ${line}\n`);
    const { code, stdout } = functions.run('cluster_file=clusters/a.b/pipeline.yml\ncluster_variables a.b');
    return [code, stdout.trim()];
  };
  expect(read('CDKOPS_MANIFEST: t/ä.yaml')).toEqual([0, 'CDKOPS_MANIFEST=t/ä.yaml']);
  expect(read(`CDKOPS_TEMPLATE_FLAGS: ${FLAGS.join(' ')}`)).toEqual([
    0,
    `CDKOPS_TEMPLATE_FLAGS=${FLAGS.join(' ')}`,
  ]);
  expect(read('CDKOPS_EJECTED_DIGEST: "12=34"')).toEqual([0, 'CDKOPS_EJECTED_DIGEST=12=34']);
  for (const value of [
    "'m/kops.yaml'",
    '$FOLDER/kops.yaml',
    'm/kops.yaml # mine',
    '>-',
    '*anchor',
    '[a]',
    '"a\\b"',
  ]) {
    expect(read(`CDKOPS_MANIFEST: ${value}`)).toEqual([1, 'CDKOPS_MANIFEST']);
  }
});
