import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CACHE, E2E } from './folders';
import { runTool } from './run-tool';

const REQUIREMENTS = path.join(E2E, 'requirements.txt');

/** The path of a Python that has what requirements.txt names, in a virtual environment that is made if need be. */
export function providePython(): string {
  const digest = crypto.createHash('sha256').update(fs.readFileSync(REQUIREMENTS)).digest('hex');
  const folder = path.join(CACHE, `python-${digest.slice(0, 12)}`);
  const python = path.join(folder, 'bin/python');
  const finished = path.join(folder, 'finished');
  if (fs.existsSync(finished) && fs.existsSync(python)) return python;
  console.log('installing the AWS emulator and client, about twenty seconds the first time');
  fs.rmSync(folder, { recursive: true, force: true });
  runTool('python3', ['-m', 'venv', folder], { timeoutSeconds: 120 });
  runTool(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS], {
    timeoutSeconds: 600,
  });
  fs.writeFileSync(finished, '');
  return python;
}
