import * as crypto from 'node:crypto';
import { type LoopbackServer, startServer } from './loopback';

/**
 * Stands in for the place of kOps's releases, as KOPS_BASE_URL names it: kops plans nothing before it has the digests of
 * what nodes will download. Any 64 hexadecimal digits do; a path always has the same ones, or plans would differ.
 */
export function startKopsAssets(): Promise<LoopbackServer> {
  return startServer(({ url = '' }, response) => {
    if (!url.endsWith('.sha256')) {
      response.writeHead(404).end();
      return;
    }
    response.end(crypto.createHash('sha256').update(url).digest('hex'));
  });
}
