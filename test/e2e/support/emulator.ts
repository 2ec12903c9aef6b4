import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { CACHE, E2E } from './folders';

const START_SECONDS = 60;

/** A running emulator of AWS. */
export interface Emulator {
  /** Where it answers, for instance `http://127.0.0.1:40123`. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts moto on a free loopback port and waits until it answers. The server also ends by itself when this process does,
 * however that comes about: its standard input then closes.
 */
export async function startEmulator(python: string): Promise<Emulator> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = path.join(CACHE, 'moto.log');
  const output = fs.openSync(log, 'w');
  const server = spawn(python, [path.join(E2E, 'moto/server.py'), '-p', String(port)], {
    stdio: ['pipe', output, output],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  fs.closeSync(output);
  // jest must be able to end while the server runs, where setup fails.
  server.unref();
  (server.stdin as net.Socket).unref();
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
    server.once('error', () => resolve());
  });
  const stop = async () => {
    // Else nothing is left to wait for, and Node ends here, with exit code 0 whatever the tests said.
    server.ref();
    server.kill('SIGKILL');
    await ended;
  };
  try {
    await answering(server, url, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function answering(server: ChildProcess, url: string, log: string): Promise<void> {
  const deadline = Date.now() + START_SECONDS * 1000;
  while (Date.now() < deadline) {
    if (server.exitCode !== null || server.pid === undefined) {
      throw new Error(`the AWS emulator did not start:\n${fs.readFileSync(log, 'utf8')}`);
    }
    try {
      await fetch(`${url}/moto-api/`, { signal: AbortSignal.timeout(5000) });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`the AWS emulator did not answer within ${START_SECONDS} s: ${log} has what it printed`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
