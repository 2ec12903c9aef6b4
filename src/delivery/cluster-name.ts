/** A DNS name, which is what kOps takes; it becomes the name of a folder and of jobs. */
const NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LENGTH = 253;

/** Whether a cluster can have that name. */
export function isClusterName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= LENGTH && NAME.test(name);
}
