import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  Fleet,
  ManifestCluster,
  type ManifestClusterProps,
  StateStore,
  TemplateCluster,
  type TemplateClusterProps,
  Wave,
} from '../../../src';
import { synthesise } from '../../../src/synth';
import { type DeliveryGround, deliveryGround, REGION } from './delivery-ground';
import { CLUSTER, DeliveryPipeline } from './delivery-project';
import { GitlabRepository } from './gitlab-repository';
import { provided } from './provided';

/** Nothing waits for what cannot happen here. */
const QUICK = {
  rollingUpdate: { nodeInterval: '1s', controlPlaneInterval: '1s', postDrainDelay: '1s', validateCount: 1 },
  validation: { wait: '20s', interval: '1s' },
} as const;

/** What the one cluster of such a project is made of. */
export type Source =
  | Pick<ManifestClusterProps, 'manifest'>
  | Pick<TemplateClusterProps, 'template' | 'values' | 'snippets'>;

/** A project of one cluster whose manifest people write, or kops renders, on a ground of its own. */
export class ExternalProject {
  public readonly repository = new GitlabRepository({ 'README.md': 'clusters\n' });
  /** What is in the project: what people wrote, and what the fleet gave for it. */
  public files: Readonly<Record<string, string>> = {};

  private constructor(public readonly ground: DeliveryGround) {}

  public static async start(): Promise<ExternalProject> {
    return new ExternalProject(await deliveryGround(CLUSTER));
  }

  /** Commits what people wrote and what the fleet gives for it, and starts the pipeline of that commit. */
  public push(inputs: Readonly<Record<string, string>>, source: Source): DeliveryPipeline {
    this.files = { ...inputs, ...this.synthesised(inputs, source) };
    this.repository.commitFleet(this.files);
    return new DeliveryPipeline(this, this.repository.head);
  }

  private synthesised(inputs: Readonly<Record<string, string>>, source: Source): Record<string, string> {
    const root = fs.realpathSync(fs.mkdtempSync(path.join(provided('home'), 'inputs-')));
    for (const [file, text] of Object.entries(inputs)) {
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      fs.writeFileSync(path.join(root, file), text);
    }
    const stateStore = StateStore.s3(this.ground.bucket, { region: REGION });
    const wave = new Wave(new Fleet({ stateStore, kops: '1.36.2' }), 'dev');
    if ('manifest' in source) new ManifestCluster(wave, CLUSTER, { ...QUICK, ...source });
    else new TemplateCluster(wave, CLUSTER, { ...QUICK, ...source });
    const { files, findings } = synthesise(wave.node.root as Fleet, undefined, { root });
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return Object.fromEntries(files);
  }
}
