import { UserError } from '../../core';

/** Its types are those of an ES module, though Node 20 can load it from here. */
type Package = typeof import('@viz-js/viz', { with: { 'resolution-mode': 'import' }});

/** The package that draws: Graphviz, compiled for Node. Most people need no SVG, so they need not install it. */
const PACKAGE = '@viz-js/viz';

/**
 * Draws DOT.
 * @throws UserError where the package that draws is not installed, or cannot draw that.
 */
export async function svg(dot: string): Promise<string> {
  const { status, output, errors } = (await load()).render(dot, { format: 'svg' });
  if (status === 'success') return output;
  const messages = errors.map(({ message }) => message).join('; ');
  throw new UserError(`Graphviz cannot draw the fleet (${messages}): try --wave, or --format dot`);
}

async function load() {
  try {
    const { instance } = require('@viz-js/viz') as Package;
    return await instance();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new UserError(
      `SVG is drawn by the package ${PACKAGE}, which is not installed: npm install --save-dev ${PACKAGE}; --format mermaid and --format dot need none`,
    );
  }
}
