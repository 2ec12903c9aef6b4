import * as path from 'node:path';
import { didYouMean, UserError } from '../core';
import { type Drawing, drawingOf } from './drawing/drawing';
import { openFleet } from './open-fleet';
import { writeOutput } from './output-file';
import { reportWarning } from './report';

/** What the fleet can be drawn as. */
export type GraphFormat = 'mermaid' | 'dot' | 'svg';

/** Options of `cdkops graph`. */
export interface GraphOptions {
  /** The file that exports the fleet. */
  readonly app: string;
  /** What to draw; told by the name of the file where it is not given. */
  readonly format?: GraphFormat;
  /** Where to; to standard output where it is not given. */
  readonly output?: string;
  /** The only wave to draw. */
  readonly wave?: string;
  /** Whether no wave is folded. */
  readonly all?: boolean;
}

/** `cdkops graph`: the fleet on one page. */
export async function graphCommand(options: GraphOptions): Promise<number> {
  const fleet = await openFleet(options.app);
  if (!fleet) return 1;
  const names = fleet.overview.waves.map(({ name }) => name);
  if (options.wave !== undefined && !names.includes(options.wave)) {
    const hint = didYouMean(options.wave, names) || `; it has ${names.join(', ')}`;
    throw new UserError(`the fleet has no wave ${JSON.stringify(options.wave)}${hint}`);
  }
  const text = await drawn(options.format ?? formatOf(options.output), drawingOf(fleet.overview, options));
  if (options.output === undefined) process.stdout.write(text);
  else writeOutput(options.output, text);
  return 0;
}

/** What the name of the file says; what people paste otherwise. */
function formatOf(output: string | undefined): GraphFormat {
  switch (path.extname(output ?? '').toLowerCase()) {
    case '.svg':
      return 'svg';
    case '.dot':
    case '.gv':
      return 'dot';
    default:
      return 'mermaid';
  }
}

/** Each format is loaded where it is asked for. */
async function drawn(format: GraphFormat, drawing: Drawing): Promise<string> {
  if (format === 'mermaid') {
    const { mermaid, MERMAID_LIMIT } = require('./drawing/mermaid') as typeof import('./drawing/mermaid');
    const text = mermaid(drawing);
    if (text.length > MERMAID_LIMIT) {
      reportWarning(
        `Mermaid draws ${MERMAID_LIMIT} characters unless it is told to draw more, and these are ${text.length}: draw one wave (--wave), leave out --all, or take --format svg`,
      );
    }
    return text;
  }
  const { dot } = require('./drawing/dot') as typeof import('./drawing/dot');
  if (format === 'dot') return dot(drawing);
  const { svg } = require('./drawing/svg') as typeof import('./drawing/svg');
  return svg(dot(drawing));
}
