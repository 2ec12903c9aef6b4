import { FILE_MEMORY_MAX } from '../limits';
import type { Pipeline } from '../pipeline';
import type { Configuration } from './configuration';
import type { Extent } from './plain';
import { isObject } from './shape';

/**
 * How large files are for GitLab, which counts the memory that their data takes in Ruby. That differs from one Ruby
 * to the next; this is an estimate that is never below any of them: what passes here passes there.
 */
export function checkSizes({ files, extents, report }: Configuration): void {
  for (const [index, { path: file, pipeline }] of files.entries()) {
    const extent = extents[index];
    if (!extent?.isPlain || roughly(extent) <= FILE_MEMORY_MAX) continue;
    const bytes = memoryOf(contents(pipeline));
    if (bytes <= FILE_MEMORY_MAX) continue;
    const message = `takes up to ${megabytes(bytes)} of memory once it is read; GitLab takes at most ${megabytes(FILE_MEMORY_MAX)} a file. Make several files of it.`;
    report({ file, message });
  }
}

/** More than any value of this extent takes: most files are far from the limit, and need no closer look. */
function roughly({ values, characters }: Extent): number {
  return 350 * values + 6 * characters;
}

function contents({ workflow, stages, default: defaults, variables, includes, jobs }: Pipeline): unknown {
  return [workflow, stages, defaults, variables, includes, Object.fromEntries(jobs)];
}

/** What plain data takes at most, in bytes, by Ruby 3.1 to 3.4 on 64 bits. */
function memoryOf(value: unknown): number {
  if (typeof value === 'string') return memoryOfText(value);
  if (Array.isArray(value)) {
    const own = value.length > 3 ? 40 + 16 * Math.max(10, value.length) : 40;
    return value.reduce((sum: number, item) => sum + memoryOf(item), own);
  }
  if (!isObject(value)) return 40;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const own = members.length > 8 ? 96 + 64 * Math.max(16, members.length) : 168;
  return members.reduce((sum, [key, member]) => sum + memoryOfText(key) + memoryOf(member), own);
}

/** Beside the bytes an object, the more of which is left empty the larger its slot is. */
function memoryOfText(text: string): number {
  const bytes = Buffer.byteLength(text);
  return bytes <= 15 ? 40 : Math.min(2 * bytes + 50, bytes + 641);
}

function megabytes(bytes: number): string {
  return `${(Math.ceil((10 * bytes) / 1024 / 1024) / 10).toFixed(1)} MB`;
}
