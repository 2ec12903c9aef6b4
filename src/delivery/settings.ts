import { Settings, shape } from '../core';

/** Settings of the jobs that bring clusters to production: for a fleet or a wave, the nearest one wins. */
export interface DeliverySettings {
  /**
   * The image that the jobs run in; it has kOps, in the version `$KOPS_VERSION` of the cluster.
   * @default '$CI_REGISTRY_IMAGE/kops:$KOPS_VERSION': an image of your own, in the project's registry
   */
  readonly image?: string;

  /**
   * Tags of the runners that may take the jobs.
   * @default - any runner
   */
  readonly tags?: readonly string[];

  /**
   * Variables of the jobs, for instance `{ KOPS_FEATURE_FLAGS: 'Scaleway' }`. Everybody who can read the repository can
   * read them: secrets belong into the project's CI/CD variables.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Which delivery settings hold where. */
export const deliverySettings = new Settings<DeliverySettings>({
  image: shape.text,
  tags: shape.list(shape.text),
  variables: shape.map(shape.text),
});

/** The delivery settings among the props of a fleet or wave. */
export function pickDeliverySettings({ image, tags, variables }: DeliverySettings): DeliverySettings {
  return { image, tags, variables };
}
