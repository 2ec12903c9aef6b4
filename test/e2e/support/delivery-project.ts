import * as fs from 'node:fs';
import * as path from 'node:path';
import { type DeliveryGround, deliveryGround } from './delivery-ground';
import { GIT_ENVIRONMENT, GitlabRepository } from './gitlab-repository';
import { jobVariables } from './job-variables';
import type { ProcessResult, ProcessRun } from './process-run';
import { type ScriptOptions, startScript } from './script-run';
import { type SmallFleetOptions, smallFleet } from './small-fleet';

/** The cluster that these projects deliver. */
export const CLUSTER = 'c1.k8s.local';

/** What a test wants of the small fleet; the bucket is the ground's. */
export type Wanted = Partial<SmallFleetOptions>;

/** Variables laid over those that the pipeline gives; `undefined` takes one away. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The commands that the jobs of a cluster call. */
export type Command = 'dryrun' | 'update' | 'roll' | 'rolled' | 'drift' | 'prune' | 'retire' | 'delete';

/** A plan as plan.json has it, as far as the tests look into it. */
export interface Plan {
  readonly commit: string;
  readonly digest: string;
  readonly create: readonly { readonly resource: string }[];
  readonly objects: readonly string[];
  readonly base: Readonly<Record<string, string>>;
}

/** A record as the store has it, as far as the tests look into it. */
export interface DeliveryRecord {
  readonly format: number;
  readonly inProgress?: {
    readonly commit: string;
    readonly planDigest: string;
    readonly new: boolean;
    readonly pipeline: { readonly id: string };
    readonly kubernetes: { readonly before: string | null; readonly after: string };
  };
  readonly rollOuts?: readonly { readonly commit: string; readonly manifest: string }[];
  readonly deleted?: { readonly commit: string; readonly by: string };
  readonly takeOvers?: readonly { readonly reason: string; readonly by: string; readonly from: object }[];
}

/** Nothing waits for what cannot happen here: machines join at once. */
const QUICK: Wanted['cluster'] = {
  rollingUpdate: { nodeInterval: '1s', controlPlaneInterval: '1s', postDrainDelay: '1s', validateCount: 1 },
  validation: { wait: '20s', interval: '1s' },
};

/** A project of one cluster on a ground of its own: its commits, and their pipelines. */
export class DeliveryProject {
  public readonly ground: DeliveryGround;
  public readonly repository: GitlabRepository;
  /** What the fleet gave for the newest commit. */
  public files: Record<string, string>;

  private constructor(ground: DeliveryGround, wanted: Wanted) {
    this.ground = ground;
    this.files = this.synthesised(wanted);
    this.repository = new GitlabRepository(this.files);
  }

  /** A project whose first commit is the small fleet. */
  public static async start(wanted: Wanted = {}): Promise<DeliveryProject> {
    const ground = await deliveryGround(CLUSTER);
    try {
      return new DeliveryProject(ground, wanted);
    } catch (error) {
      await ground.stop();
      throw error;
    }
  }

  public stop(): Promise<void> {
    return this.ground.stop();
  }

  /** Commits what the fleet gives now, and starts the pipeline of that commit. */
  public push(wanted: Wanted): DeliveryPipeline {
    this.files = this.synthesised(wanted);
    this.repository.commitFleet(this.files);
    return this.pipeline();
  }

  /** A pipeline of the newest commit. */
  public pipeline(): DeliveryPipeline {
    return new DeliveryPipeline(this, this.repository.head);
  }

  /** The record, `undefined` where there is none. */
  public async record(): Promise<DeliveryRecord | undefined> {
    const [key] = await this.ground.storeKeys(RECORD);
    return key === undefined ? undefined : JSON.parse(await this.ground.storeObject(key));
  }

  private synthesised({ cluster, ...wanted }: Wanted): Record<string, string> {
    return smallFleet({ bucket: this.ground.bucket, ...wanted, cluster: { ...QUICK, ...cluster } });
  }
}

/** The record's key in the store. */
export const RECORD = `cdkops/${CLUSTER}.json`;

let lastPipeline = 5000;

/** The jobs of a cluster in one pipeline of the default branch, each with the working tree of its commit. */
export class DeliveryPipeline {
  /** CI_PIPELINE_ID. */
  public readonly id = String(++lastPipeline);
  /** The working tree; plans are handed from job to job in it, as artifacts are. */
  public readonly folder: string;
  private readonly files: Readonly<Record<string, string>>;

  constructor(
    private readonly project: Pick<DeliveryProject, 'ground' | 'repository' | 'files'>,
    public readonly commit: string,
  ) {
    this.files = project.files;
    this.folder = project.repository.runnerClone(commit, 'main', commit);
  }

  /** Where the jobs leave their plan. */
  public get plans(): string {
    return path.join(this.folder, 'plans', CLUSTER);
  }

  /** The plan that dryrun left. */
  public get plan(): Plan {
    return JSON.parse(fs.readFileSync(path.join(this.plans, 'plan.json'), 'utf8')) as Plan;
  }

  /** Starts what a job calls. */
  public start(
    command: Command,
    variables: Variables = {},
    options: Partial<ScriptOptions> = {},
  ): ProcessRun {
    this.project.repository.refresh(this.folder);
    return startScript(this.project.ground, {
      folder: this.folder,
      command: [command],
      variables: { ...this.variables(command), ...variables },
      ...options,
    });
  }

  /** Runs what a job calls to its end. */
  public run(
    command: Command,
    variables?: Variables,
    options?: Partial<ScriptOptions>,
  ): Promise<ProcessResult> {
    return this.start(command, variables, options).finished;
  }

  /**
   * Runs commands one after the other, each of which must succeed. Returns what the last one printed.
   * @throws Error with its output where one fails.
   */
  public async succeeds(...commands: Command[]): Promise<string> {
    let printed = '';
    for (const command of commands) {
      const { code, output } = await this.run(command);
      if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}`);
      printed = output;
    }
    return printed;
  }

  /** The whole way to a roll-out. */
  public rollOut(): Promise<string> {
    return this.succeeds('dryrun', 'update', 'roll', 'rolled');
  }

  /** A variable that the pipeline gives the cluster's jobs; empty where it does not. */
  public variable(name: string): string {
    return this.variables('dryrun')[name] ?? '';
  }

  private variables(command: Command): Record<string, string> {
    const job = command === 'rolled' ? 'roll' : command;
    return {
      ...jobVariables(this.files, `${job}:${CLUSTER}`),
      ...GIT_ENVIRONMENT,
      CI: 'true',
      CI_PIPELINE_ID: this.id,
      CI_PIPELINE_URL: `https://gitlab.com/acme/clusters/-/pipelines/${this.id}`,
      CI_COMMIT_SHA: this.commit,
      CI_COMMIT_BRANCH: 'main',
      CI_DEFAULT_BRANCH: 'main',
      GITLAB_USER_LOGIN: 'ada',
    };
  }
}
