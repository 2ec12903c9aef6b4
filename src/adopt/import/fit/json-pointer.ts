import type { Path } from '../imported-cluster';

/** A path as a JSON pointer (RFC 6901): `/spec/subnets/0`. */
export function jsonPointer(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
