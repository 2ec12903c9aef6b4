import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The services that kOps asks for before it judges a manifest: their paths, by their types in the catalogue. */
const SERVICES = {
  'block-storage': '/volume/v3',
  compute: '/compute/v2.1',
  image: '/image/v2',
  'load-balancer': '/load-balancer/v2.0',
  network: '/network/v2.0',
};
const REGION = 'test';

/**
 * As much of an OpenStack as kOps needs to accept a manifest: it logs everybody in, has one network of any name, and no
 * volumes.
 */
export async function startOpenStack(): Promise<{ env: Record<string, string>; server: Server }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const answer = pathname.endsWith('/tokens') ? token(url()) : listOf(pathname);
    response.writeHead(pathname.endsWith('/tokens') ? 201 : 200, {
      'Content-Type': 'application/json',
      'X-Subject-Token': 'token',
    });
    response.end(JSON.stringify(answer));
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = {
    OS_AUTH_URL: `${url()}/v3`,
    OS_DOMAIN_NAME: 'Default',
    OS_PASSWORD: 'x',
    OS_PROJECT_NAME: 'x',
    OS_REGION_NAME: REGION,
    OS_USERNAME: 'x',
  };
  return { env, server };
}

function token(url: string): object {
  const catalog = Object.entries(SERVICES).map(([type, path]) => ({
    type,
    name: type,
    endpoints: [{ interface: 'public', region: REGION, region_id: REGION, url: url + path }],
  }));
  return { token: { expires_at: '2999-01-01T00:00:00.000000Z', catalog } };
}

function listOf(pathname: string): object {
  const kind = pathname.split('/').at(-1);
  if (kind === 'networks') return { networks: [{ id: 'net-1', name: 'public' }] };
  if (kind === 'detail') return { volumes: [] };
  return { versions: [] };
}
