import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { beforeEnd } from './run-before-end';

/**
 * Does work in a folder of its own that is gone afterwards, also where a signal ends the process meanwhile.
 * @param name - what its name begins with
 */
export async function inTemporaryFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `cdkops-${name}-`));
  // What still writes there while it is removed has been told to end.
  const remove = () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const done = beforeEnd(remove);
  try {
    return await work(folder);
  } finally {
    done();
    remove();
  }
}
