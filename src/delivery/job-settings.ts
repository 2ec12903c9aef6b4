import { Settings, shape } from '../core';
import type { Cache } from '../gitlab';

/** What the jobs of clusters run in. */
export interface JobSettings {
  /**
   * The container image of the jobs. It has sh, git, jq, the state store's own client (`aws` for s3, do and scw, `gcloud`
   * for gs, `az` for azureblob, `swift` for swift), kubectl where groups are drained before they are pruned, and kOps in
   * the version `$KOPS_VERSION` of the cluster, unless the jobs download that (`kopsBinary`).
   * @default '$CI_REGISTRY_IMAGE/kops:$KOPS_VERSION': an image of your own, in the project's registry
   */
  readonly image?: string;

  /**
   * Tags of the runners that may take the jobs.
   * @default - any runner
   */
  readonly tags?: readonly string[];

  /**
   * Variables of the jobs, for instance `{ KOPS_FEATURE_FLAGS: 'Scaleway', HTTPS_PROXY: 'http://proxy.example.com' }`.
   * Everybody who can read the repository can read them: secrets belong into the project's CI/CD variables. Those of a
   * wave are added to those of the fleet, and so on. GitLab expands `$NAME` in them; `$$` is a dollar. What cdkops
   * itself sets (`KOPS_CLUSTER_NAME`, `CDKOPS_…`) cannot be set here, but for CDKOPS_KOPS_URL, a mirror of kOps's releases.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;

  /**
   * Shell commands before each job's own, in the same shell.
   * @default - none
   */
  readonly beforeScript?: readonly string[];

  /**
   * What jobs keep between them to save time, in GitLab's own words.
   * @see https://docs.gitlab.com/ci/yaml/#cache
   * @default - nothing
   */
  readonly cache?: Cache | readonly Cache[];
}

/** What a cache looks like; what GitLab refuses in it is said when the pipeline is judged. */
export const CACHE: shape.Shape = shape.either(shape.dataMap, shape.list(shape.dataMap));

/** Variables that say which cluster a job is about, what it may do, and what it compares: no one may set them past their props. */
const OWN = /^(KOPS_CLUSTER_NAME|KOPS_STATE_STORE|KOPS_VERSION|GIT_DEPTH|CDKOPS_.*)$/;

/** A mirror of kOps's releases: the one variable of cdkops's own that an administrator may give. */
export const KOPS_URL_VARIABLE = 'CDKOPS_KOPS_URL';

const TEXTS = shape.map(shape.text);

const VARIABLES: shape.Shape = {
  ...TEXTS,
  copy: (values: never, at, report) => {
    for (const name of Object.keys(values)) {
      if (name === KOPS_URL_VARIABLE || !OWN.test(name)) continue;
      report(`${at}.${name}`, 'is for cdkops to set: where there is a prop for it, give that');
    }
    return TEXTS.copy?.(values, at, report);
  },
};

/** What job settings look like. */
export const JOB_SETTING_MEMBERS: shape.Members<JobSettings> = {
  image: shape.text,
  tags: shape.list(shape.text),
  variables: VARIABLES,
  beforeScript: shape.list(shape.text),
  cache: CACHE,
};

/** Which job settings hold where. */
export const jobSettings = new Settings<JobSettings>();

/** Caches as a list: GitLab would merge a map of the fleet's into one of a wave's. */
export function cacheList(cache: JobSettings['cache']): readonly Cache[] | undefined {
  return cache === undefined || Array.isArray(cache)
    ? (cache as readonly Cache[] | undefined)
    : [cache as Cache];
}
