import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Project, ROOT } from './project';

/**
 * A kops for tests of what comes before and after it: what it says of a cluster stands in files, and of a store in a folder it
 * prints the objects as they are. What the real one does, the end-to-end tests show.
 */
export class FakeKops {
  /** A PATH that finds it, and git. */
  public readonly path: string;
  private readonly folder: string;

  constructor(project: Project) {
    this.folder = project.path('.fake');
    const bin = path.join(this.folder, 'bin');
    fs.mkdirSync(bin, { recursive: true });
    this.path = `${bin}${path.delimiter}${process.env.PATH}`;
    fs.writeFileSync(path.join(bin, 'kops'), `#!${process.execPath}\n${SCRIPT}`, { mode: 0o755 });
  }

  /** The environment of a cdkops that finds it. */
  public get env(): Record<string, string> {
    return { PATH: this.path, FAKE: this.folder, NODE_PATH: path.join(ROOT, 'node_modules') };
  }

  /** What it prints of a cluster. */
  public has(cluster: string, yaml: string): void {
    fs.writeFileSync(path.join(this.folder, `${cluster}.yaml`), yaml);
  }

  /** What it says instead, and fails. */
  public fails(cluster: string, words: string): void {
    fs.writeFileSync(path.join(this.folder, `${cluster}.error`), words);
  }

  /** It never answers for this cluster. */
  public hangs(cluster: string, words = ''): void {
    fs.writeFileSync(path.join(this.folder, `${cluster}.hang`), words);
  }

  /** What it says that it is. */
  public is(version: string): void {
    fs.writeFileSync(path.join(this.folder, 'version'), version);
  }

  /** How it was called, a line a call: its words, and the variables of a store that it saw. */
  public get calls(): string[] {
    const log = path.join(this.folder, 'calls');
    return fs.existsSync(log) ? fs.readFileSync(log, 'utf8').trim().split('\n') : [];
  }

  /** How many calls ran at once, at most. */
  public get mostAtOnce(): number {
    let [now, most] = [0, 0];
    for (const line of fs.readFileSync(path.join(this.folder, 'turns'), 'utf8').trim().split('\n')) {
      now += line === 'begin' ? 1 : -1;
      most = Math.max(most, now);
    }
    return most;
  }
}

const SCRIPT = `
const fs = require('node:fs');
const path = require('node:path');
const words = process.argv.slice(2);
const after = (flag) => words[words.indexOf(flag) + 1];
const file = (name) => path.join(process.env.FAKE, name);
const text = (name) => (fs.existsSync(file(name)) ? fs.readFileSync(file(name), 'utf8') : undefined);
if (words[0] === 'version') {
  console.log(text('version') ?? '1.36.2');
  process.exit(0);
}
const { AWS_REGION, S3_ENDPOINT, KOPS_STATE_STORE, KOPS_CLUSTER_NAME, PATH } = process.env;
const seen = { AWS_REGION, S3_ENDPOINT, KOPS_STATE_STORE, KOPS_CLUSTER_NAME };
const state = after('--state');
if (!state.startsWith('file://')) fs.appendFileSync(file('calls'), words.join(' ') + ' ' + JSON.stringify(seen) + '\\n');
fs.appendFileSync(file('turns'), 'begin\\n');
process.on('exit', () => fs.appendFileSync(file('turns'), 'end\\n'));
const name = after('--name');
const print = (documents) => {
  const { stringify } = require('yaml');
  process.stdout.write(documents.map((one) => stringify(one)).join('\\n---\\n\\n'));
};
if (state.startsWith('file://')) {
  const folder = path.join(state.slice('file://'.length), name);
  const groups = path.join(folder, 'instancegroup');
  const names = fs.existsSync(groups) ? fs.readdirSync(groups).map((one) => path.join(groups, one)) : [];
  print([path.join(folder, 'config'), ...names].map((one) => JSON.parse(fs.readFileSync(one, 'utf8'))));
} else if (text(name + '.hang') !== undefined) {
  process.stderr.write(text(name + '.hang'));
  setTimeout(() => {}, 60_000);
} else if (text(name + '.error') !== undefined) {
  process.stderr.write(text(name + '.error'));
  process.exitCode = 1;
} else if (text(name + '.yaml') !== undefined) {
  setTimeout(() => process.stdout.write(text(name + '.yaml')), 200);
} else {
  process.stderr.write('Error: Cluster.kops.k8s.io "' + name + '" not found\\n');
  process.exitCode = 1;
}
`;
