/**
 * Objects of other APIs beside clusters: kept as they are, but for what is secret.
 */
import type { ImportedAddons } from '../imported-cluster';
import type { Item } from './items';

/** Addons of one cluster. */
export class Addons {
  /** What was left out, a sentence each. */
  readonly notes: string[] = [];
  private readonly texts: string[] = [];
  private readonly names: string[] = [];

  add(item: Item): void {
    const name = nameOf(item);
    if (/^Secret(?:List)?$/.test(item.textOf('kind') ?? '') && item.textOf('apiVersion') === 'v1') {
      this.notes.push(`left out ${name}: nothing secret goes into a repository; it stays where it is`);
      return;
    }
    this.texts.push(item.text());
    this.names.push(name);
  }

  /** All of them. */
  get result(): ImportedAddons {
    return { text: this.texts.length === 0 ? '' : `${this.texts.join('\n---\n')}\n`, names: this.names };
  }
}

/** `ConfigMap kube-system/aws-auth`. */
function nameOf(item: Item): string {
  const name = item.textOf('metadata', 'name') ?? '(without a name)';
  const namespace = item.textOf('metadata', 'namespace');
  return `${item.textOf('kind') ?? 'object'} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
