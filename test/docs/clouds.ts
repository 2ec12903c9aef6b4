import * as path from 'node:path';

/** How the real kOps is made to accept an example for another cloud than AWS without that cloud. */
export interface OfflineCheck {
  /**
   * The command, into an empty store (`--state file:///…`). Both judge a new cluster alike, but `kops replace` asks some
   * clouds for the volumes of etcd first.
   */
  readonly command: 'create' | 'replace';
  /** Credentials that need not be true. Nothing may be sent anywhere: also set `HTTPS_PROXY` to a port without a server. */
  readonly env: Readonly<Record<string, string>>;
  /** What else has to answer: `openstack` is `startOpenStack` in ./openstack.ts, which gives the rest of `env`. */
  readonly server?: 'openstack';
  /** Where `kops replace` cannot be tried without the cloud: the beginning of what it says. */
  readonly replaceSays?: string;
}

/** The examples for other clouds, by the names of their files; tried with kOps 1.36.2. */
export const CLOUDS: Readonly<Record<string, OfflineCheck>> = {
  azure: {
    command: 'create',
    env: {},
    replaceSays: 'error listing disks: listing disks: DefaultAzureCredential: failed to acquire a token.',
  },
  digitalocean: {
    command: 'create',
    env: { DIGITALOCEAN_ACCESS_TOKEN: 'x' },
    replaceSays: 'failed to get all volumes by region from fra1',
  },
  gce: {
    command: 'create',
    env: { GOOGLE_APPLICATION_CREDENTIALS: path.join(__dirname, 'google-credentials.json') },
    replaceSays: 'error listing zones',
  },
  hetzner: { command: 'replace', env: { HCLOUD_TOKEN: 'x' } },
  openstack: {
    command: 'replace',
    env: {},
    server: 'openstack',
    replaceSays: 'error building openstack authenticated client',
  },
  scaleway: {
    command: 'replace',
    env: {
      SCW_ACCESS_KEY: 'SCWXXXXXXXXXXXXXXXXX',
      SCW_DEFAULT_PROJECT_ID: '00000000-0000-0000-0000-000000000000',
      SCW_SECRET_KEY: '00000000-0000-0000-0000-000000000000',
    },
  },
};
