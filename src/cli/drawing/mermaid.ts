import { type Box, type BoxKind, type Drawing, type DrawnWave, rowsOf } from './drawing';

/** More characters Mermaid does not draw, unless it is told to (its maxTextSize). */
export const MERMAID_LIMIT = 50_000;

/** Looks that can be read on light and dark pages. */
const STYLES: Readonly<Partial<Record<BoxKind, string>>> = {
  canary: 'stroke-width:3px',
  group: 'stroke-width:2px,stroke-dasharray:1 2',
  retired: 'stroke-dasharray:5 5,opacity:0.6',
};

/**
 * A flowchart of Mermaid, which GitLab draws in Markdown. No identifier comes from a name: words such as `end` mean
 * something to Mermaid. There is no `&` in it: GitLab counts these, and does not draw a flowchart with many.
 * @see https://docs.gitlab.com/user/markdown/#mermaid
 */
export function mermaid(drawing: Drawing): string {
  const ids = new Ids();
  const waves = drawing.flatMap((wave) => drawnWave(wave, ids));
  const ways = drawing.flatMap((wave, index) => wayTo(wave, drawing[index - 1], ids));
  const kinds = new Set(drawing.flatMap(boxesOf).map(({ kind }) => kind));
  const styles = [...kinds].flatMap((kind) => (STYLES[kind] ? `classDef ${kind} ${STYLES[kind]}` : []));
  return ['flowchart LR', ...indented([...waves, ...ways, ...styles]), ''].join('\n');
}

function drawnWave({ name, title, gate, canary, boxes, retired }: DrawnWave, ids: Ids): string[] {
  const nodes = (some: readonly Box[]) => some.map((box) => node(box, ids));
  const head = nodes(gate ? [gate] : []);
  const together = [...nodes(boxes), ...besides(boxes, ids)];
  const follow = canary && boxes.length > 0 ? subgraph(restOf(name), 'then', together, ids) : together;
  const way = canary && follow !== together ? [`${ids.of(canary.key)} --> ${ids.of(restOf(name))}`] : [];
  const inner = [...nodes(canary ? [canary] : []), ...follow, ...way, ...nodes(retired)];
  return [...head, ...subgraph(frame(name), title.join(', '), inner, ids)];
}

/** An invisible link puts what it links beside each other. */
function besides(boxes: readonly Box[], ids: Ids): string[] {
  const rows = rowsOf(boxes).filter((row) => row.length > 1);
  return rows.map((row) => row.map(({ key }) => ids.of(key)).join(' ~~~ '));
}

/** From the wave before, through the gate. */
function wayTo({ name, gate }: DrawnWave, before: DrawnWave | undefined, ids: Ids): string[] {
  const stops = [...(before ? [frame(before.name)] : []), ...(gate ? [gate.key] : []), frame(name)];
  return stops.length > 1 ? [stops.map((key) => ids.of(key)).join(' --> ')] : [];
}

/** The direction is said in each: where it is not, Mermaid turns it. */
function subgraph(key: string, title: string, lines: readonly string[], ids: Ids): string[] {
  return [`subgraph ${ids.of(key)}[${text([title])}]`, ...indented(['direction LR', ...lines]), 'end'];
}

function frame(wave: string): string {
  return `wave ${wave}`;
}

function restOf(wave: string): string {
  return `rest of ${wave}`;
}

function node({ key, kind, lines }: Box, ids: Ids): string {
  const [begin, end] = kind === 'gate' ? ['{{', '}}'] : ['[', ']'];
  return `${ids.of(key)}${begin}${text(lines)}${end}${STYLES[kind] ? `:::${kind}` : ''}`;
}

function boxesOf({ canary, boxes, retired }: DrawnWave): Box[] {
  return [...(canary ? [canary] : []), ...boxes, ...retired];
}

/** Quoted text. Whatever may mean something to Mermaid, to Markdown or to HTML goes as the number of its character. */
function text(lines: readonly string[]): string {
  const safe = (line: string) =>
    line.replace(/[^\w .,:/+-]/gu, (character) => `#${character.codePointAt(0)};`);
  return `"${lines.map(safe).join('<br/>')}"`;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** Short identifiers in the order in which they are asked for. */
class Ids {
  private readonly known = new Map<string, string>();

  public of(key: string): string {
    const id = this.known.get(key) ?? `n${this.known.size + 1}`;
    this.known.set(key, id);
    return id;
  }
}
