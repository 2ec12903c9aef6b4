import { type Box, type BoxKind, type Drawing, type DrawnWave, rowsOf } from './drawing';

/** One whose widths Graphviz knows without looking at the machine's fonts: pictures are the same everywhere. */
const FONT = 'fontname=Helvetica';

const STYLES: Readonly<Record<BoxKind, string>> = {
  cluster: '',
  canary: ', penwidth=2.5',
  group: ', peripheries=2',
  retired: ', style="rounded,dashed", color=gray50, fontcolor=gray40',
  gate: ', shape=hexagon, style=solid, margin="0.12,0.02"',
};

/**
 * The fleet in DOT, the language of Graphviz.
 * @see https://graphviz.org/doc/info/lang.html
 */
export function dot(drawing: Drawing): string {
  const lines = [
    'rankdir=LR;',
    'compound=true;',
    `graph [${FONT}, fontsize=12, labeljust=l, style=rounded, ranksep=0.4, nodesep=0.12];`,
    `node [${FONT}, fontsize=11, shape=box, style=rounded, margin="0.26,0.06"];`,
    ...drawing.flatMap(drawnWave),
    ...drawing.flatMap((wave, index) => wayTo(wave, drawing[index - 1])),
  ];
  return ['digraph fleet {', ...indented(lines), '}', ''].join('\n');
}

function drawnWave({ name, title, gate, canary, boxes, retired }: DrawnWave): string[] {
  const first = entry(boxes);
  const together = [...stack(boxes), ...besides(boxes)];
  const follow =
    canary && first
      ? [
          ...subgraph(restOf(name), ['then'], together),
          `${id(canary)} -> ${id(first)} [${cut('lhead', restOf(name))}];`,
        ]
      : together;
  const inner = [...stack(retired), ...follow, ...stack(canary ? [canary] : [])];
  return [...(gate ? [node(gate)] : []), ...subgraph(name, title, inner)];
}

/** An invisible link puts what it links beside each other. */
function besides(boxes: readonly Box[]): string[] {
  const rows = rowsOf(boxes).filter((row) => row.length > 1);
  return rows.reverse().map((row) => `${row.map(id).join(' -> ')} [style=invis];`);
}

/**
 * From the wave before, through the gate. Graphviz links boxes alone, and cuts such a link off at the frame of a wave
 * (ltail, lhead).
 */
function wayTo(wave: DrawnWave, before: DrawnWave | undefined): string[] {
  const { gate, name } = wave;
  const head = cut('lhead', name);
  const tail = before && cut('ltail', before.name);
  const first = wave.canary ?? entry(wave.boxes) ?? wave.retired[0];
  const last = before && (exit(before.boxes) ?? before.canary ?? before.retired[0]);
  const link = (from: Box | undefined, to: Box | undefined, cuts: readonly (string | undefined)[]) =>
    from && to ? [`${id(from)} -> ${id(to)} [${cuts.filter(Boolean).join(', ')}];`] : [];
  return gate ? [...link(last, gate, [tail]), ...link(gate, first, [head])] : link(last, first, [tail, head]);
}

/** The box in the middle of the first column. */
function entry(boxes: readonly Box[]): Box | undefined {
  const rows = rowsOf(boxes);
  return rows[Math.floor((rows.length - 1) / 2)]?.[0];
}

/** One in the middle of the last column: what comes next has to be to the right of all. */
function exit(boxes: readonly Box[]): Box | undefined {
  const [first, ...others] = rowsOf(boxes);
  const long = first && [first, ...others.filter((row) => row.length === first.length)];
  return long?.[Math.floor((long.length - 1) / 2)]?.at(-1);
}

function subgraph(name: string, title: readonly string[], lines: readonly string[]): string[] {
  return [`subgraph ${quoted(frame(name))} {`, ...indented([`label=${label(title, '\\l')};`, ...lines]), '}'];
}

/** Graphviz frames what has this prefix. */
function frame(name: string): string {
  return `cluster_${name}`;
}

function cut(end: 'lhead' | 'ltail', name: string): string {
  return `${end}=${quoted(frame(name))}`;
}

/** No wave has such a name. */
function restOf(wave: string): string {
  return `${wave}/then`;
}

/** Below each other, the first on top: Graphviz begins at the bottom. */
function stack(boxes: readonly Box[]): string[] {
  return boxes.map(node).reverse();
}

function node(box: Box): string {
  return `${id(box)} [label=${label(box.lines)}${STYLES[box.kind]}];`;
}

function id({ key }: Box): string {
  return quoted(key);
}

/** Quoted text: in it DOT gives a meaning to the quote alone, what reads labels to the backslash, too. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Lines of text, each with its end: that says how it is aligned. In labels `&` begins an entity of HTML. */
function label(lines: readonly string[], end = '\\n'): string {
  const inner = lines.map((line) => quoted(line.replaceAll('&', '&amp;')).slice(1, -1));
  return `"${inner.join(end)}${end === '\\l' ? end : ''}"`;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
