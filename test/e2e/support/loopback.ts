import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on a loopback port. */
export interface LoopbackServer {
  /** For instance `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Also ends the connections that clients hold open. */
  stop(): Promise<void>;
}

/** Starts a server, on a free port unless one is given. */
export async function startServer(answer: http.RequestListener, wanted = 0): Promise<LoopbackServer> {
  const server = http.createServer(answer);
  // Clients that keep connections must not find them closed in the moment in which they ask again.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** All that the client sends. */
export async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
