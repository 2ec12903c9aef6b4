import type { Construct } from 'constructs';
import { Annotations, given } from '../core';
import { isClusterName } from './cluster-name';

/** Notes that a cluster is left to itself; a name or a reason that says nothing is an error at synth. */
export function forget(
  fleet: Construct,
  forgotten: Map<string, string>,
  name: unknown,
  reason: unknown,
): void {
  const annotate = (message: string) => Annotations.of(fleet).addError(message, 'forget');
  if (!isClusterName(name)) {
    annotate(`expected the name of a cluster that is no longer in the code, got ${given(name)}`);
    return;
  }
  if (typeof reason !== 'string' || reason.trim() === '') {
    const example = `fleet.forget('${name}', 'handed over to the data team')`;
    annotate(`expected the reason why "${name}" is left unmanaged, got ${given(reason)}: ${example}`);
    return;
  }
  forgotten.set(name, reason);
}
