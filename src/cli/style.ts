import pc from 'picocolors';

/** Colours for a stream: only on a terminal, and not where the user asks for none (https://no-color.org). */
function styleOf(stream: { readonly isTTY?: boolean }) {
  return pc.createColors(stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb');
}

/** Colours of what a command is asked for. */
export const outputStyle = styleOf(process.stdout);

/** Colours of what goes wrong. */
export const errorStyle = styleOf(process.stderr);
