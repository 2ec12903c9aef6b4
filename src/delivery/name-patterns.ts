import { CLUSTERS_FOLDER } from './files';

/** Names taken apart: what is different in front, and the labels at the end that all have in common. */
interface Factored {
  readonly heads: readonly string[];
  /** Begins with a dot, or is empty. */
  readonly tail: string;
}

/** Clusters of one organisation end alike; a thousand of them in rules of a pipeline have to fit into a file that GitLab reads. */
function factor(names: readonly string[]): Factored {
  const labels = names.map((name) => name.split('.'));
  const [first = []] = labels;
  let common = 0;
  // Each keeps a label of its own.
  while (labels.every((own) => own.length > common + 1 && own.at(-common - 1) === first.at(-common - 1)))
    common++;
  if (names.length < 2 || common === 0) return { heads: names, tail: '' };
  const tail = `.${first.slice(-common).join('.')}`;
  return { heads: names.map((name) => name.slice(0, -tail.length)), tail };
}

/** A regular expression for one of these names, without its ends. */
export function anyOf(names: readonly string[]): string {
  const { heads, tail } = factor(names);
  const alternatives = heads.map(escaped).join('|');
  return tail === '' ? alternatives : `(${alternatives})${escaped(tail)}`;
}

/**
 * The pattern of files in the folders of these clusters.
 * @see https://docs.gitlab.com/ci/yaml/#ruleschanges
 */
export function globOf(names: readonly string[], files: readonly string[]): string {
  const { heads, tail } = factor(names);
  return `${CLUSTERS_FOLDER}/${braces(heads)}${tail}/${braces(files)}`;
}

function braces(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : `{${parts.join(',')}}`;
}

function escaped(text: string): string {
  return text.replaceAll('.', '\\.');
}
