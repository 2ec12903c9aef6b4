import type { Construct } from 'constructs';
import { onBehalf } from '../../../core';

/**
 * What a construct is good for that is made for that alone, and taken out of its tree again. Its props are of the right types,
 * and nobody asks which line made it: neither is looked at, which takes half of the time.
 */
export function trying<T extends Construct, R>(make: () => T, use: (construct: T) => R): R {
  let made: T | undefined;
  onBehalf(() => {
    made = make();
  });
  const construct = made as T;
  try {
    return use(construct);
  } finally {
    construct.node.scope?.node.tryRemoveChild(construct.node.id);
  }
}
