import * as fs from 'node:fs';
import * as path from 'node:path';
import { provided } from './provided';

/** A folder with every command that PATH gives but these: a PATH of its own, for an image that lacks them. */
export function pathWithout(searched: string, ...left: readonly string[]): string {
  const bin = fs.mkdtempSync(path.join(provided('home'), 'bin-'));
  for (const folder of searched.split(path.delimiter).reverse()) {
    for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
      if (left.includes(name)) continue;
      // The last one is that which PATH finds first.
      fs.rmSync(path.join(bin, name), { force: true });
      fs.symlinkSync(path.join(folder, name), path.join(bin, name));
    }
  }
  return bin;
}
