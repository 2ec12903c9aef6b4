import * as http from 'node:http';
import type { Chronicle, Entry } from './chronicle';
import { bodyOf, type LoopbackServer, startServer } from './loopback';

/** A request on its way to the emulator. */
export type CloudRequest = Omit<Entry, 'at'>;

/** What becomes of a request: on to the emulator, `AccessDenied`, or a connection that breaks off. */
export type Verdict = 'pass' | 'deny' | 'drop';

/** Judges a request; one that is not decided waits, for instance until its sender is killed. */
export type Judge = (request: CloudRequest) => Verdict | Promise<Verdict>;

/** AWS's ways to say no: those of S3, of EC2 and of the others. */
function denial({ side, what }: CloudRequest): string {
  const inner = '<Message>Access Denied</Message>';
  if (side === 'store') return `<Error><Code>AccessDenied</Code>${inner}</Error>`;
  if (what === 'ec2') {
    return `<Response><Errors><Error><Code>UnauthorizedOperation</Code>${inner}</Error></Errors></Response>`;
  }
  return `<ErrorResponse><Error><Code>AccessDenied</Code>${inner}</Error></ErrorResponse>`;
}

/**
 * Stands before the emulator: writes down what is asked, makes faults, and gives what is behind it an AWS account of its
 * own, so that tests share an emulator and nothing in it.
 */
export class AwsGateway {
  /** Decides over every request; a test sets it to make a fault. */
  public judge: Judge = () => 'pass';
  private readonly agent = new http.Agent({ keepAlive: true });
  private server: LoopbackServer | undefined;

  constructor(
    private readonly emulator: string,
    private readonly account: string,
    private readonly chronicle: Chronicle,
  ) {}

  public async start(): Promise<void> {
    this.server = await startServer((request, response) => {
      this.answer(request, response).catch(() => request.socket.destroy());
    });
  }

  /** Where it answers. */
  public get url(): string {
    if (!this.server) throw new Error('the gateway has not started');
    return this.server.url;
  }

  public async stop(): Promise<void> {
    await this.server?.stop();
    this.agent.destroy();
  }

  /** Asks the emulator for something that is no part of what is tested, past chronicle and judge. */
  public async ask(service: string, path: string, init: RequestInit = {}): Promise<string> {
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request`,
      ...init.headers,
      'x-moto-account-id': this.account,
    };
    const signal = AbortSignal.timeout(30_000);
    const response = await fetch(this.emulator + path, { ...init, headers, signal });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} ${path}: ${response.status} ${text}`);
    return text;
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const asked = describe(request, body);
    this.chronicle.add(asked);
    const verdict = await this.judge(asked);
    if (verdict === 'drop') {
      request.socket.destroy();
    } else if (verdict === 'deny') {
      const text = asked.verb === 'HEAD' ? '' : denial(asked);
      response.writeHead(403, { 'content-type': 'application/xml' }).end(text);
    } else {
      this.forward(request, body, response);
    }
  }

  private forward(request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): void {
    const { expect: _answeredHere, ...headers } = request.headers;
    const { hostname, port } = new URL(this.emulator);
    const onward = http.request({
      agent: this.agent,
      hostname,
      port,
      method: request.method,
      path: request.url,
      headers: { ...headers, 'x-moto-account-id': this.account },
    });
    onward.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    onward.end(body);
  }
}

function describe({ method = '', url = '', headers }: http.IncomingMessage, body: Buffer): CloudRequest {
  const scope = /Credential=([^/]*)\/\d+\/[^/]*\/([^/]+)\//.exec(headers.authorization ?? '');
  const [, accessKey = '', service = 'sts'] = scope ?? [];
  const text = body.toString('utf8');
  if (service === 's3') return { side: 'store', ...s3Request(method, url), accessKey, body: text };
  const target = String(headers['x-amz-target'] ?? '').split('.')[1];
  const verb = target ?? new URLSearchParams(text).get('Action') ?? restAction(method, url);
  return { side: 'cloud', verb, what: service, accessKey, body: text };
}

/** Query parameters that ask for something else than an object or a list of them. */
const SUBRESOURCE = /[?&](location|versioning|encryption|acl|policy|tagging|uploads|delete)\b/;

function s3Request(method: string, url: string): { verb: string; what: string } {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [bucket = '', ...key] = decodeURIComponent(pathname).replace(/^\//, '').split('/');
  const subresource = SUBRESOURCE.exec(url)?.[1];
  if (subresource !== undefined)
    return { verb: method, what: `s3://${bucket}/${key.join('/')}?${subresource}` };
  const isList = method === 'GET' && key.join('') === '';
  const what = `s3://${bucket}/${isList ? (searchParams.get('prefix') ?? '') : key.join('/')}`;
  return { verb: isList ? 'LIST' : method, what };
}

/** Services such as Route 53 have no actions, only methods and paths. */
function restAction(method: string, url: string): string {
  return `${method === 'GET' ? 'Get' : method} ${url.split('?')[0]}`;
}
