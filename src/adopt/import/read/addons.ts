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

  /** Keeps an object, unless it is secret; whether it did. */
  add(item: Item): boolean {
    const name = nameOf(item);
    if (item.hasSecret()) {
      const isOne = /^Secret(?:List)?$/.test(item.textOf('kind') ?? '') && item.textOf('apiVersion') === 'v1';
      const what = isOne ? name : `${name}, which has something secret in it`;
      this.notes.push(`left out ${what}: nothing secret goes into a repository; it stays where it is`);
      return false;
    }
    this.texts.push(item.text());
    this.names.push(name);
    return true;
  }

  /** All of them. */
  get result(): ImportedAddons {
    return { text: this.texts.length === 0 ? '' : `${this.texts.join('\n---\n')}\n`, names: this.names };
  }
}

/** `ConfigMap kube-system/aws-auth`. */
export function nameOf(item: Item): string {
  const name = item.textOf('metadata', 'name') ?? '(without a name)';
  const namespace = item.textOf('metadata', 'namespace');
  return `${item.textOf('kind') ?? 'object'} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
