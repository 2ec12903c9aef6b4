/** Which of the servers was asked. */
export type Side = 'store' | 'cloud' | 'kubernetes';

/** One thing that was asked of a server. */
export interface Entry {
  readonly side: Side;
  /**
   * store: `GET`, `HEAD`, `LIST`, `PUT`, `DELETE`; cloud: the action, for instance `DescribeInstances`; kubernetes: `cordon`,
   * `uncordon`, `taint`, `label`, `evict`, `delete`, else the HTTP method.
   */
  readonly verb: string;
  /** store: the object's URL, `s3://bucket/key`; cloud: the service, `ec2`; kubernetes: a node's or pod's name, or the path. */
  readonly what: string;
  /** The access key that asked; none for kubernetes. */
  readonly accessKey?: string;
  /** What was sent, as text. */
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What was asked of the servers of a test, in order, over all of them. */
export class Chronicle {
  private readonly all: Entry[] = [];
  private waiting: { readonly wanted: (entry: Entry) => boolean; readonly seen: (entry: Entry) => void }[] =
    [];

  public add(entry: Omit<Entry, 'at'>): void {
    const timed = { ...entry, at: Date.now() };
    this.all.push(timed);
    this.waiting = this.waiting.filter(({ wanted, seen }) => {
      const found = wanted(timed);
      if (found) seen(timed);
      return !found;
    });
  }

  /** What was asked, of one side or of all. */
  public entries(side?: Side): Entry[] {
    return this.all.filter((entry) => side === undefined || entry.side === side);
  }

  /** The next one, from now on, for which `wanted` holds: a moment to act at. */
  public next(wanted: (entry: Entry) => boolean): Promise<Entry> {
    return new Promise((seen) => this.waiting.push({ wanted, seen }));
  }

  /** Forgets all that was asked so far. */
  public clear(): void {
    this.all.length = 0;
  }
}

/** Whether a request to the cloud only looks: AWS names its actions so. */
export function isRead({ side, verb }: Entry): boolean {
  return side === 'cloud' ? /^(Describe|Get|List|Assume)/.test(verb) : ['GET', 'HEAD', 'LIST'].includes(verb);
}
