/**
 * Finds a name for each object of the API.
 */

/** Looks names up in the hand-written table, and derives one for what the table does not have. */
export class Naming {
  /** Names made up here, by field. */
  readonly derived: Record<string, string> = {};
  private readonly used = new Set<string>();
  private readonly taken: Set<string>;

  /** @param table - names by `Parent.field` or by `field`; the longer key wins */
  constructor(private readonly table: Readonly<Record<string, string>>) {
    this.taken = new Set(Object.values(table));
  }

  /** The name of the objects in `field` of `parent`. */
  nameOf(parent: string, field: string): string {
    const path = `${parent}.${field}`;
    for (const key of [path, field]) {
      // Own keys only: a field may be called `constructor`.
      const name = Object.hasOwn(this.table, key) ? this.table[key] : undefined;
      if (name !== undefined) {
        this.used.add(key);
        return name;
      }
    }
    this.derived[path] ??= this.derive(parent, field);
    return this.derived[path];
  }

  /** Keys of the table that named nothing. */
  unused(): string[] {
    return Object.keys(this.table).filter((key) => !this.used.has(key));
  }

  private derive(parent: string, field: string): string {
    const own = pascal(field);
    const short = `${own}Spec`;
    // The parent's name sets two objects apart that would else be called the same.
    const name = this.taken.has(short) ? `${parent.replace(/(Spec|Config)$/, '')}${own}Spec` : short;
    if (this.taken.has(name))
      throw new Error(`${parent}.${field} needs a name in names.ts: ${name} is taken`);
    this.taken.add(name);
    return name;
  }
}

/** `kube-proxy` and `kubeProxy` → `KubeProxy`. */
function pascal(field: string): string {
  return field
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
