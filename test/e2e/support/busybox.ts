import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { provided } from './provided';

/** The tests' own time limits are those of another timeout. */
const NOT_LINKED = new Set(['timeout', '[', '[[']);

/** A folder with busybox's own awk, sed, grep, sort…, as the image of an Alpine has them: for the front of PATH. */
export function busyboxFolder(): string {
  const folder = fs.mkdtempSync(path.join(provided('home'), 'busybox-'));
  const busybox = execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim();
  fs.symlinkSync(busybox, path.join(folder, 'busybox'));
  for (const name of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).split('\n')) {
    if (name && name !== 'busybox' && !NOT_LINKED.has(name)) fs.symlinkSync(busybox, path.join(folder, name));
  }
  return folder;
}
