import type { PipelineFile } from '../pipeline-file';
import { isObject } from './shape';

/** What the `include` entries of all files come to. */
export interface Included {
  /** Paths of given files that some file includes. */
  readonly reached: ReadonlySet<string>;
  /** Whether something is included that is not among the given files. */
  readonly open: boolean;
  /** How many files are always included. */
  readonly always: number;
  /** How many files are included when all rules match. */
  readonly atMost: number;
}

/** Follows the `include` entries of all files. */
export function followIncludes(files: readonly PipelineFile[]): Included {
  const byPath = new Map(files.map((file) => [plainPath(file.path), file.path]));
  const reached = new Set<string>();
  let open = false;
  let always = 0;
  let atMost = 0;
  for (const file of files) {
    for (const entry of file.pipeline.includes as readonly unknown[]) {
      const { local, count } = target(entry);
      const found = local === undefined ? [] : matches(local, byPath);
      for (const path of found) reached.add(path);
      if (found.length === 0) open = true;
      const included = Math.max(count, found.length);
      atMost += included;
      if (!isObject(entry) || entry.rules === undefined) always += included;
    }
  }
  return { reached, open, always, atMost };
}

function target(entry: unknown): { local?: string; count: number } {
  if (typeof entry === 'string')
    return /^https?:\/\//.test(entry) ? { count: 1 } : { local: entry, count: 1 };
  if (!isObject(entry)) return { count: 1 };
  if (typeof entry.local === 'string') return { local: entry.local, count: 1 };
  return { count: Array.isArray(entry.file) ? entry.file.length : 1 };
}

function matches(local: string, byPath: ReadonlyMap<string, string>): string[] {
  const wanted = plainPath(local);
  if (!wanted.includes('*')) {
    const path = byPath.get(wanted);
    return path === undefined ? [] : [path];
  }
  // `*` stays within a folder, `**` does not.
  const pattern = wanted
    .split(/(\*\*\/|\*\*|\*)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  const expression = new RegExp(`^${pattern}$`);
  return [...byPath].filter(([plain]) => expression.test(plain)).map(([, path]) => path);
}

/** A path as the root of the repository has it. */
export function plainPath(path: string): string {
  return path.replace(/^(\.?\/)+/, '');
}
