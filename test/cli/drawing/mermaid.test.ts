import { type DrawingOptions, drawingOf } from '../../../src/cli/drawing/drawing';
import { mermaid } from '../../../src/cli/drawing/mermaid';
import type { FleetOverview } from '../../../src/delivery/overview';
import { FLEET, LARGE, NASTY, NASTY_WORDS } from '../support/drawings';
import { fleetOf, manyClusters, waveOf } from '../support/overview';

/** A flowchart as Mermaid reads it; texts instead of identifiers. */
interface Flowchart {
  /** Lines of the boxes, each with what it is in, outermost first. */
  readonly boxes: readonly { text: string; style: string | undefined; inside: readonly string[] }[];
  readonly frames: readonly string[];
  readonly links: readonly string[];
  readonly styles: readonly string[];
}

const ID = '[a-zA-Z]\\w*';
const TEXT = '"((?:[^"#]|#\\d+;)*)"';
const RESERVED = /^(?:end|graph|flowchart|subgraph|style|class|classDef|click|default|direction|linkStyle)$/;

/** Takes the few forms that a drawing needs, and fails on every other line. */
function parse(source: string): Flowchart {
  const [head, ...lines] = source.trimEnd().split('\n');
  expect(head).toBe('flowchart LR');
  const names = new Map<string, string>();
  const open: string[] = [];
  const boxes: Flowchart['boxes'][number][] = [];
  const [frames, styles, chains]: string[][] = [[], [], []];
  const declare = (id = '', encoded = '') => {
    expect(id).not.toMatch(RESERVED);
    expect(names.has(id)).toBe(false);
    const text = encoded
      .replaceAll('<br/>', '\n')
      .replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    names.set(id, text);
    return text;
  };
  for (const line of lines.map((one) => one.trim())) {
    const frame = new RegExp(`^subgraph (${ID})\\[${TEXT}\\]$`).exec(line);
    const box = new RegExp(`^(${ID})(?:\\[${TEXT}\\]|\\{\\{${TEXT}\\}\\})(?::::(\\w+))?$`).exec(line);
    if (frame) {
      open.push(declare(frame[1], frame[2]));
      frames?.push(open.at(-1) ?? '');
    } else if (line === 'end') expect(open.pop()).toBeDefined();
    else if (line.startsWith('classDef ')) styles?.push(line.split(' ')[1] ?? '');
    else if (box) boxes.push({ text: declare(box[1], box[2] ?? box[3]), style: box[4], inside: [...open] });
    else if (line === 'direction LR') expect(open).not.toEqual([]);
    else {
      expect(line).toMatch(new RegExp(`^${ID}(?: (?:-->|~~~) ${ID})+$`));
      chains?.push(line);
    }
  }
  expect(open).toEqual([]);
  const named = (id: string) => {
    expect(names.has(id)).toBe(true);
    return names.get(id)?.split('\n')[0] ?? '';
  };
  const links = chains?.map((line) => line.replace(new RegExp(ID, 'g'), named)) ?? [];
  return { boxes, frames: frames ?? [], links, styles: styles ?? [] };
}

const drawn = (fleet: FleetOverview, options: DrawingOptions = {}) => mermaid(drawingOf(fleet, options));

test('waves with their clusters, what opens them, the canary before the others', () => {
  const { boxes, frames, links } = parse(drawn(FLEET));
  expect(frames).toEqual([
    'dev: 1 cluster, approval wave',
    'staging: 4 clusters, approval every-step',
    'then',
    'prod: 1 cluster, approval none, maxParallel 3',
  ]);
  const [dev, staging, , prod] = frames;
  expect(boxes.map(({ text, inside }) => [text.split('\n'), inside])).toEqual([
    [['dev opens', 'by hand'], []],
    [['dev.k8s.local', 'kOps 1.36.2'], [dev]],
    [['staging opens', 'when dev is rolled out'], []],
    [
      ['first.k8s.local', 'kOps 1.36.2', 'Kubernetes 1.35.5', '2 instance groups', 'canary: goes first'],
      [staging],
    ],
    [
      ['one.k8s.local', 'kOps 1.36.2', 'Kubernetes 1.35.5', '2 instance groups'],
      [staging, 'then'],
    ],
    [
      ['two.k8s.local', 'kOps 1.36.2', 'Kubernetes 1.35.5', '2 instance groups'],
      [staging, 'then'],
    ],
    [['old.k8s.local', 'kOps 1.35.0', 'Kubernetes 1.35.5', '2 instance groups', 'retired'], [staging]],
    [['prod opens', '12h after dev and staging are rolled out'], []],
    [['eu.k8s.local', 'kOps 1.36.2', 'Kubernetes 1.35.5', '1 instance group'], [prod]],
  ]);
  expect(links).toEqual([
    'first.k8s.local --> then',
    `dev opens --> ${dev}`,
    `${dev} --> staging opens --> ${staging}`,
    `${staging} --> prod opens --> ${prod}`,
  ]);
});

test('what looks different has a style, and no other has', () => {
  const { boxes, styles } = parse(drawn(FLEET));
  const used = boxes.flatMap(({ style }) => style ?? []);
  expect(used).toEqual(['canary', 'retired']);
  expect(styles).toEqual(used);
});

test('one wave alone keeps what opens it', () => {
  const { frames, links } = parse(drawn(FLEET, { wave: 'prod' }));
  expect(frames).toEqual(['prod: 1 cluster, approval none, maxParallel 3']);
  expect(links).toEqual([`prod opens --> ${frames[0]}`]);
});

test('a fleet without jobs has no gates', () => {
  const { boxes, frames, links } = parse(drawn({ ...FLEET, hasPipeline: false }));
  expect(frames).toEqual(['dev: 1 cluster', 'staging: 4 clusters', 'prod: 1 cluster']);
  expect(links).toEqual([
    'dev: 1 cluster --> staging: 4 clusters',
    'staging: 4 clusters --> prod: 1 cluster',
  ]);
  expect(boxes.map(({ text }) => text).join()).not.toContain('canary');
});

test('names and versions are text, whatever they are', () => {
  const source = drawn(NASTY);
  const { boxes, frames } = parse(source);
  expect(frames).toEqual(NASTY_WORDS.map((word) => `${word}: 1 cluster, approval every-step`));
  const clusters = boxes.filter(({ inside }) => inside.length > 0);
  expect(clusters.map(({ text }) => text.split('\n')[0])).toEqual(NASTY_WORDS.map((word) => `${word}.local`));
  // GitLab counts these.
  expect(source).not.toContain('&');
});

test('a large wave is folded into equal versions, the canary apart', () => {
  const texts = parse(drawn(LARGE)).boxes.map(({ text }) => text.split('\n'));
  expect(texts).toEqual([
    ['c3.k8s.example.com', 'kOps 1.36.2', 'Kubernetes 1.35.5', '2 instance groups', 'canary: goes first'],
    ['143 clusters', 'kOps 1.36.2', 'Kubernetes 1.34.2', '286 instance groups'],
    ['856 clusters', 'kOps 1.36.2', 'Kubernetes 1.35.5', '1712 instance groups'],
  ]);
});

test('unless all are wanted: then each has a box, in columns', () => {
  const { boxes, links } = parse(drawn(LARGE, { all: true }));
  expect(boxes).toHaveLength(1_000);
  expect(new Set(boxes.map(({ text }) => text)).size).toBe(1_000);
  const rows = links.filter((link) => link.includes('~~~'));
  expect(rows).toHaveLength(55);
  expect(rows[0]?.split(' ~~~ ').slice(0, 2)).toEqual(['c0.k8s.example.com', 'c56.k8s.example.com']);
});

test('fifty clusters are not folded, one more is; what is alone in its version keeps its name', () => {
  const boxesOf = (count: number) => {
    const clusters = manyClusters(count, (index) => (index === 9 ? { kops: '1.35.1' } : {}));
    return parse(drawn(fleetOf(waveOf('dev', clusters)))).boxes.map(({ text }) => text.split('\n')[0]);
  };
  expect(boxesOf(50)).toHaveLength(50);
  expect(boxesOf(51)).toEqual(['50 clusters', 'c9.k8s.example.com']);
});
