import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AwsGateway } from './aws-gateway';
import { Chronicle, type Entry, isRead } from './chronicle';
import { startKopsAssets } from './kops-assets';
import { KubernetesApi } from './kubernetes-api';
import { provided } from './provided';
import { elements, parseXml, textOf } from './xml';

/** What the AWS emulator calls home; its machines are in the zones of this region. */
export const REGION = 'us-east-1';

/** Where a test of the delivery stands: a cloud, a state store and a Kubernetes API of its own, and a chronicle of all three. */
export class DeliveryGround {
  /** What was asked of cloud, store and Kubernetes. */
  public readonly chronicle = new Chronicle();
  /** The state store, for instance `s3://store-1`. */
  public readonly store: string;
  /** The bucket that the store is. */
  public readonly bucket: string;
  /** HOME of what runs here. */
  public readonly home: string;
  /** TMPDIR of what runs here: what a job leaves behind is found here. */
  public readonly temporary: string;
  /** First in PATH: kops, kubectl and aws; a test may put something else in the place of one. */
  public readonly bin: string;
  /** The cloud, with its faults. */
  public readonly cloud: AwsGateway;
  private readonly apis = new Map<string, KubernetesApi>();
  private readonly pending: (() => Promise<void>)[] = [];
  private assets = '';

  constructor(
    /** The cluster whose Kubernetes API `env` names. */
    public readonly cluster: string,
  ) {
    const id = crypto.randomUUID();
    // Twelve digits, as AWS has them, never starting with a zero.
    const account = String(100_000_000_000 + (Number.parseInt(id.slice(0, 8), 16) % 899_999_999_999));
    this.cloud = new AwsGateway(provided('emulator'), account, this.chronicle);
    this.bucket = `store-${id}`;
    this.store = `s3://${this.bucket}`;
    const folder = fs.mkdtempSync(path.join(provided('home'), 'ground-'));
    [this.home = '', this.temporary = '', this.bin = ''] = ['home', 'tmp', 'bin'].map((name) => {
      fs.mkdirSync(path.join(folder, name));
      return path.join(folder, name);
    });
    for (const [name, target] of Object.entries(TOOLS)) fs.symlinkSync(target(), path.join(this.bin, name));
  }

  public async start(): Promise<void> {
    await this.cloud.start();
    this.pending.push(() => this.cloud.stop());
    await this.cloud.ask('s3', `/${this.bucket}`, { method: 'PUT' });
    const assets = await startKopsAssets();
    this.pending.push(() => assets.stop());
    this.assets = assets.url;
    await this.kubernetesOf(this.cluster);
  }

  public async stop(): Promise<void> {
    for (const undo of this.pending.splice(0).reverse()) await undo();
  }

  /** The Kubernetes API of the ground's cluster. */
  public get kubernetes(): KubernetesApi {
    const api = this.apis.get(this.cluster);
    if (!api) throw new Error('the ground has not started');
    return api;
  }

  /** The Kubernetes API of another cluster in the same store, started where it is not there yet. */
  public async kubernetesOf(cluster: string): Promise<KubernetesApi> {
    const known = this.apis.get(cluster);
    if (known) return known;
    const api = new KubernetesApi(cluster, this.cloud, this.chronicle);
    await api.start();
    this.pending.push(() => api.stop());
    this.apis.set(cluster, api);
    return api;
  }

  /**
   * The whole environment of what runs here: nothing of the caller's. What is looked up outside loopback is refused at
   * once, with or without a network.
   */
  public get env(): Record<string, string> {
    return {
      PATH: `${this.bin}${path.delimiter}${process.env.PATH ?? ''}`,
      HOME: this.home,
      TMPDIR: this.temporary,
      LANG: 'C.UTF-8',
      AWS_ENDPOINT_URL: this.cloud.url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      S3_ENDPOINT: this.cloud.url,
      S3_REGION: REGION,
      S3_ACCESS_KEY_ID: 'test',
      S3_SECRET_ACCESS_KEY: 'test',
      KOPS_BASE_URL: `${this.assets}/${KOPS_VERSION}`,
      HTTP_PROXY: 'http://127.0.0.1:9',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      NO_PROXY: '127.0.0.1',
      CDKOPS_API_SERVER: this.kubernetes.url,
    };
  }

  /** PATH as it is, but for one command: a job's image that lacks it. */
  public pathWithout(command: string): string {
    const folder = fs.mkdtempSync(path.join(path.dirname(this.bin), 'without-'));
    for (const from of this.env.PATH?.split(path.delimiter).filter((from) => fs.existsSync(from)) ?? []) {
      for (const name of fs.readdirSync(from)) {
        const link = path.join(folder, name);
        if (name !== command && !fs.existsSync(link)) fs.symlinkSync(path.join(from, name), link);
      }
    }
    return folder;
  }

  /** The store's objects as they are, by key. */
  public async storeObjects(): Promise<Record<string, string>> {
    const objects: Record<string, string> = {};
    for (const key of await this.storeKeys()) objects[key] = await this.storeObject(key);
    return objects;
  }

  /** Keys of the store's objects, sorted. */
  public async storeKeys(prefix = ''): Promise<string[]> {
    const query = `list-type=2&prefix=${encodeURIComponent(prefix)}`;
    const contents = elements(parseXml(await this.cloud.ask('s3', `/${this.bucket}?${query}`)), 'Contents');
    if (contents.length >= 1000) throw new Error('more objects than one answer of S3 has');
    return contents.map((content) => textOf(content, 'Key')).sort();
  }

  public storeObject(key: string): Promise<string> {
    return this.cloud.ask('s3', this.objectPath(key));
  }

  /** Writes an object behind everybody's back. */
  public async putStoreObject(key: string, text: string): Promise<void> {
    await this.cloud.ask('s3', this.objectPath(key), { method: 'PUT', body: text });
  }

  /** Removes an object behind everybody's back. */
  public async removeStoreObject(key: string): Promise<void> {
    await this.cloud.ask('s3', this.objectPath(key), { method: 'DELETE' });
  }

  /** Keys that were asked for in the store with these verbs, each once, sorted; those of another bucket as whole URLs. */
  public storeRequests(...verbs: readonly string[]): string[] {
    const asked = this.chronicle.entries('store').filter(({ verb }) => verbs.includes(verb));
    return [...new Set(asked.map(({ what }) => what.replace(`${this.store}/`, '')))].sort();
  }

  /** Everything that was asked of cloud and store and that changes something. */
  public writes(): Entry[] {
    return this.chronicle.entries().filter((entry) => entry.side !== 'kubernetes' && !isRead(entry));
  }

  private objectPath(key: string): string {
    return `/${this.bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  }
}

/** The release whose assets are asked for: the one of the kops that runs. */
const KOPS_VERSION = '1.36.2';

const TOOLS: Readonly<Record<string, () => string>> = {
  kops: () => provided('kops'),
  kubectl: () => provided('kubectl'),
  aws: () => path.join(path.dirname(provided('python')), 'aws'),
  shellcheck: () => path.join(path.dirname(provided('python')), 'shellcheck'),
};

/** A ground that has started; whoever asks for it stops it. */
export async function deliveryGround(cluster = 'c1.k8s.local'): Promise<DeliveryGround> {
  const ground = new DeliveryGround(cluster);
  await ground.start();
  return ground;
}
