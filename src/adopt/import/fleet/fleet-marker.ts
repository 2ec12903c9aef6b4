import type { FleetSource } from './fleet-source';

/** The line of a fleet's file above which `cdkops import` adds clusters. */
export const FLEET_MARKER = '// cdkops import: new clusters go above this line.';

/** Where clusters are added. */
export interface MarkedPlace {
  /** Of the first character of the marker's line. */
  readonly line: number;
  readonly indentation: string;
}

const MARKER = /^\/\/\s*cdkops import: new clusters go above this line\.?\s*$/;

/** Words that a statement goes on with, or does not end with. */
const GOES_ON = /^(?:as|catch|else|extends|finally|implements|in|instanceof|of|satisfies|while)\b/;
const WAITS =
  /(?:^|[^\w$.])(?:abstract|as|async|await|case|class|const|declare|default|delete|do|else|enum|export|extends|function|get|if|implements|import|in|instanceof|interface|is|keyof|let|namespace|new|of|private|protected|public|readonly|return|satisfies|set|static|throw|type|typeof|using|var|void|yield)$/;

/** The marked place, or why statements cannot be added there. */
export function markedPlace(source: FleetSource): MarkedPlace | string {
  const { text, code, comments } = source;
  const markers = comments.filter(({ start, end }) => MARKER.test(text.slice(start, end)));
  const [marker, another] = markers;
  if (!marker) return `since it has no line "${FLEET_MARKER}"`;
  const line = text.lastIndexOf('\n', marker.start - 1) + 1;
  const place = `line ${text.slice(0, line).split('\n').length}`;
  if (another) return `since it has the line "${FLEET_MARKER}" more than once`;
  const indentation = text.slice(line, marker.start);
  if (indentation.trim() !== '') return `since something stands before the comment in ${place}`;
  const before = code.slice(0, line).trimEnd();
  const after = code.slice(marker.end).trimStart();
  const brackets = source.openAt(line);
  const isAmongStatements = brackets.length === 0 || code.charAt(brackets.at(-1) ?? 0) === '{';
  if (!isAmongStatements || !isBetweenStatements(source, before, after)) {
    return `since the comment in ${place} is not between two statements`;
  }
  if (!brackets.every((bracket) => runsOnce(code, bracket))) {
    return `since what is around the comment in ${place} may not run, or more than once: put it at the top level`;
  }
  return { line, indentation };
}

const NAMESPACE = /(?:^|[;{}\n])\s*(?:export\s+)?(?:namespace|module)\s+[\w$.]+$/;

/** Whether a bracket opens a block or a namespace that runs once where what is around does. */
function runsOnce(code: string, bracket: number): boolean {
  if (code.charAt(bracket) !== '{') return false;
  const head = code.slice(0, bracket).trimEnd();
  // Behind these, a statement begins.
  return /(?:^|[;{}])$/.test(head) || NAMESPACE.test(head);
}

function isBetweenStatements({ code, openAt }: FleetSource, before: string, after: string): boolean {
  if (GOES_ON.test(after) || /^[.,?=<>&|^%*!:]/.test(after)) return false;
  const last = before.at(-1);
  // A block that nothing goes on with, or the begin of one, is an end like a semicolon.
  if (last === undefined || last === ';' || last === '{') return true;
  if (!/[\w$)\]}'"`]/.test(last) || WAITS.test(before)) return false;
  // Without a semicolon, a line may go on with these, and a decorator waits for what it decorates.
  if (/^[([`+\-/]/.test(after) || (last !== '}' && code.includes('@'))) return false;
  if (last !== ')') return true;
  const open = openAt(before.length - 1).at(-1) ?? 0;
  return !/\b(?:catch|for|if|switch|while|with)\s*$/.test(code.slice(0, open));
}
