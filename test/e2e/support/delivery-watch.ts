import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DeliveryGround } from './delivery-ground';
import { provided } from './provided';

/** The access key of what the script itself asks of the store, not kops. */
export const SCRIPT_KEY = 'script';

/** Looks at what jobs leave on a disk and read from the store. */
export class DeliveryWatch {
  /** Copies of the temporary folder, from before and after each run of kops. */
  private readonly seen: string;

  /** From now on kops and aws are watched: each is called through a script that takes its place. */
  constructor(private readonly ground: DeliveryGround) {
    this.seen = path.join(ground.home, 'seen');
    fs.mkdirSync(this.seen);
    const look = 'cp -R "$TMPDIR" "$(mktemp -d -p "$HOME/seen")"';
    replaceTool(ground, 'kops', [
      'code=0',
      look,
      `${provided('kops')} "$@" || code=$?`,
      look,
      'exit "$code"',
    ]);
    const aws = path.join(path.dirname(provided('python')), 'aws');
    replaceTool(ground, 'aws', [`AWS_ACCESS_KEY_ID=${SCRIPT_KEY} exec ${aws} "$@"`]);
  }

  /** Which files of `folders`, and of the temporary folder, now and while kops ran, have keys or secrets of the store. */
  public async leaks(...folders: readonly string[]): Promise<string[]> {
    const texts = privateTexts(await this.ground.storeObjects());
    return [this.seen, this.ground.temporary, ...folders].flatMap((folder) =>
      filesUnder(folder).filter((file) => isPrivate(path.relative(folder, file), file, texts)),
    );
  }

  /** How many files kops could have left its keys in while it ran: where there are none, nothing was looked at. */
  public get filesSeen(): number {
    return filesUnder(this.seen).length;
  }

  /** What was read of a cluster in the store by the script, or by kops: patterns of keys, sorted. */
  public reads(cluster: string, by: 'script' | 'kops'): string[] {
    const entries = this.ground.chronicle.entries('store');
    const asked = entries.filter(({ accessKey }) => (accessKey === SCRIPT_KEY) === (by === 'script'));
    const patterns = asked.map(({ verb, what }) => {
      const key = what.replace(`${this.ground.store}/`, '').replace(/\?acl$/, '');
      return `${verb} ${patternOf(key.replace(`${cluster}/`, '<cluster>/').replace(`${cluster}.`, '<cluster>.'))}`;
    });
    return [...new Set(patterns)].sort();
  }
}

/** Puts a shell script in the place of a tool: what runs here calls that. */
export function replaceTool(ground: DeliveryGround, name: string, lines: readonly string[]): void {
  const tool = path.join(ground.bin, name);
  fs.rmSync(tool);
  fs.writeFileSync(tool, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
}

/** All files under a folder, but not what git has packed. */
export function filesUnder(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${path.sep}.git${path.sep}`));
}

/** What must not be on a disk, out of the store's objects: keys in kops's keysets, and what its secrets say. */
function privateTexts(objects: Readonly<Record<string, string>>): string[] {
  return Object.entries(objects).flatMap(([key, text]) => {
    const wanted = /\/pki\/private\//.test(key)
      ? /privateMaterial: (\S+)/g
      : /\/secrets\//.test(key)
        ? /"Data":"([^"]+)"/g
        : undefined;
    return wanted ? [...text.matchAll(wanted)].map(([, found = '']) => found) : [];
  });
}

function isPrivate(name: string, file: string, texts: readonly string[]): boolean {
  if (/(^|\/)(pki|secrets)(\/|$)/.test(name)) return true;
  const content = fs.readFileSync(file, 'latin1');
  const plain = texts.map((text) => Buffer.from(text, 'base64').toString('latin1'));
  return /PRIVATE KEY/.test(content) || [...texts, ...plain].some((text) => content.includes(text));
}

/** Kinds of files that kops has several of. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\/(addons|igconfig|manifests)\/.+/, '/$1/**'],
  [/\/(instancegroup|clusteraddons|secrets)\/.+/, '/$1/*'],
  [/\/pki\/private\/[^/]+\/keyset\.yaml$/, '/pki/private/*/keyset.yaml'],
  [/\/backups\/etcd\/[^/]+\//, '/backups/etcd/*/'],
];

function patternOf(key: string): string {
  return PATTERNS.reduce((pattern, [found, general]) => pattern.replace(found, general), key);
}
