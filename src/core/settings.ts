import type { IConstruct } from 'constructs';

/** A value and the construct that it was given to. */
export interface SettingOrigin<T> {
  readonly value: T;
  /** The fleet, wave or cluster that set it. */
  readonly construct: IConstruct;
}

/**
 * Settings that hold for a construct and all that is under it: the nearest one wins. Each world keeps a family of its
 * own (`new Settings<ClusterSettings>()`), so that they need not know each other.
 */
export class Settings<T extends object> {
  private readonly values = new WeakMap<IConstruct, T>();

  /** Gives settings to a construct; what is `undefined` counts as not given. */
  public set(construct: IConstruct, values: T): void {
    this.values.set(construct, values);
  }

  /** The value that holds for a construct. */
  public get<K extends keyof T>(construct: IConstruct, name: K): T[K] | undefined {
    return this.origin(construct, name)?.value;
  }

  /** The value that holds for a construct, and where it comes from. */
  public origin<K extends keyof T>(
    construct: IConstruct,
    name: K,
  ): SettingOrigin<NonNullable<T[K]>> | undefined {
    for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
      const value = this.values.get(at)?.[name];
      if (value !== undefined && value !== null) return { value, construct: at };
    }
    return undefined;
  }

  /** Whether what is nearer to `construct` than `above` was given any of these settings. */
  public differ(construct: IConstruct, above: IConstruct): boolean {
    for (let at: IConstruct | undefined = construct; at && at !== above; at = at.node.scope) {
      const values = this.values.get(at);
      if (values && Object.values(values).some((value) => value !== undefined)) return true;
    }
    return false;
  }

  /** All maps of a setting that hold for a construct, laid over each other: the nearest one wins, key by key. */
  public merged<K extends keyof T>(construct: IConstruct, name: K): Partial<NonNullable<T[K]>> {
    const values = construct.node.scopes.map((scope) => this.values.get(scope)?.[name]);
    return Object.assign({}, ...values);
  }
}
