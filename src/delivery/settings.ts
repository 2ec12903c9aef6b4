import { Settings } from '../core';

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
}

/** Which delivery settings hold where. */
export const deliverySettings = new Settings<DeliverySettings>();

/** The delivery settings among the props of a fleet or wave. */
export function pickDeliverySettings({ image, tags }: DeliverySettings): DeliverySettings {
  return { image, tags };
}
