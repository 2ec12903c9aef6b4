import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server answers to a path; `undefined`: nothing, ever. */
export type Answer = (path: string, response: http.ServerResponse) => void;

/** A web server on this machine in the place of kOps's releases. */
export class Releases {
  private static readonly all: Releases[] = [];

  /** Ends all servers; for afterAll. */
  public static closeAll(): void {
    for (const { server } of Releases.all.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** Starts one. */
  public static async start(answer: Answer): Promise<Releases> {
    const releases = new Releases(answer);
    Releases.all.push(releases);
    await new Promise<void>((resolve) => releases.server.listen(0, '127.0.0.1', resolve));
    return releases;
  }

  /** The paths that were asked for, sorted. */
  public readonly asked: string[] = [];
  private readonly server: http.Server;

  private constructor(answer: Answer) {
    this.server = http.createServer((request, response) => {
      this.asked.push(request.url ?? '');
      this.asked.sort();
      answer(request.url ?? '', response);
    });
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/kops`;
  }
}
