import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import { type LoopbackServer, startServer } from './loopback';
import { provided } from './provided';

/** Stands in for the page of kOps's releases: the kops of the tests for every machine, under the version that it has. */
export class KopsReleases {
  /** Paths that were asked for since the start. */
  public readonly requests: string[] = [];
  /** SHA-256 of the binary. */
  public readonly digest = crypto
    .createHash('sha256')
    .update(fs.readFileSync(provided('kops')))
    .digest('hex');
  private server: LoopbackServer | undefined;

  public async start(): Promise<void> {
    this.server = await startServer(({ url = '' }, response) => {
      this.requests.push(url);
      if (/^\/download\/v1\.36\.2\/kops-linux-(amd64|arm64)$/.test(url)) {
        response.writeHead(200, { 'content-length': fs.statSync(provided('kops')).size });
        fs.createReadStream(provided('kops')).pipe(response);
      } else response.writeHead(404).end('not found');
    });
  }

  /** For CDKOPS_KOPS_URL. */
  public get url(): string {
    return `${this.server?.url}/download`;
  }

  public async stop(): Promise<void> {
    await this.server?.stop();
  }
}
