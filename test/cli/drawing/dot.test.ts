import { dot } from '../../../src/cli/drawing/dot';
import { type DrawingOptions, drawingOf } from '../../../src/cli/drawing/drawing';
import { svg } from '../../../src/cli/drawing/svg';
import type { FleetOverview } from '../../../src/delivery/overview';
import { FLEET, LARGE, NASTY, NASTY_WORDS } from '../support/drawings';

type Graphviz = typeof import('@viz-js/viz', { with: { 'resolution-mode': 'import' }});
const { instance } = require('@viz-js/viz') as Graphviz;

/** What Graphviz makes of DOT, in its own JSON. */
interface Layout {
  readonly objects: readonly { name: string; label: string; nodes?: readonly number[]; pos?: string }[];
  readonly edges: readonly { tail: number; head: number; style?: string; lhead?: string; ltail?: string }[];
}

const drawn = (fleet: FleetOverview, options: DrawingOptions = {}) => dot(drawingOf(fleet, options));

/** Reads DOT with Graphviz itself: a warning fails, too, but one of the width of letters. */
async function layout(source: string): Promise<Layout> {
  const { status, output, errors } = (await instance()).render(source, { format: 'json' });
  const warnings = errors.filter(({ message }) => !message.includes('width of non-ASCII character'));
  expect({ status, warnings }).toEqual({ status: 'success', warnings: [] });
  return JSON.parse(output ?? '');
}

test('waves with their clusters, what opens them, the canary before the others', async () => {
  const { objects, edges } = await layout(drawn(FLEET));
  const name = (index: number) => objects[index]?.name;
  const frames = objects.filter(({ nodes }) => nodes);
  expect(Object.fromEntries(frames.map((frame) => [frame.name, frame.nodes?.map(name).sort()]))).toEqual({
    cluster_dev: ['dev.k8s.local'],
    cluster_staging: ['first.k8s.local', 'old.k8s.local', 'one.k8s.local', 'two.k8s.local'],
    'cluster_staging/then': ['one.k8s.local', 'two.k8s.local'],
    cluster_prod: ['eu.k8s.local'],
  });
  expect(edges.map(({ tail, head, ltail, lhead }) => [ltail ?? name(tail), lhead ?? name(head)])).toEqual([
    ['first.k8s.local', 'cluster_staging/then'],
    ['open:dev', 'cluster_dev'],
    ['cluster_dev', 'open:staging'],
    ['open:staging', 'cluster_staging'],
    ['cluster_staging', 'open:prod'],
    ['open:prod', 'cluster_prod'],
  ]);
});

test('is read from left to right: each wave is to the right of those before it', async () => {
  const fleet = { ...FLEET, waves: [...FLEET.waves.slice(0, 2), ...LARGE.waves] };
  const { objects } = await layout(drawn(fleet, { all: true }));
  const across = (...names: readonly string[]) =>
    objects.filter((one) => one.pos && names.includes(one.name)).map(({ pos }) => Number(pos?.split(',')[0]));
  const clusters = (wave: number) => fleet.waves[wave]?.clusters.map(({ name }) => name) ?? [];
  expect(Math.max(...across(...clusters(0)))).toBeLessThan(Math.min(...across('open:staging')));
  expect(Math.max(...across('open:staging'))).toBeLessThan(Math.min(...across(...clusters(1))));
  expect(Math.max(...across(...clusters(1)))).toBeLessThan(Math.min(...across(...clusters(2))));
});

test('names and versions are text, whatever they are', async () => {
  const { objects } = await layout(drawn(NASTY));
  const frames = objects.filter(({ nodes }) => nodes);
  expect(frames).toHaveLength(NASTY_WORDS.length);
  const texts = textsOf(await svg(drawn(NASTY)));
  for (const word of NASTY_WORDS) {
    expect(texts).toContain(`${word}: 1 cluster`);
    expect(texts).toContain(`${word}.local`);
    expect(texts).toContain(`Kubernetes ${word}`);
  }
});

/** The texts of a picture, from top to bottom in each of its boxes. */
function textsOf(picture: string): string[] {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  const decode = (_: string, name: string) =>
    entities[name] ??
    String.fromCodePoint(name.startsWith('#x') ? Number(`0${name.slice(1)}`) : Number(name.slice(1)));
  return [...picture.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
    text.replace(/&([^;]+);/g, decode).replaceAll('\u00a0', ' '),
  );
}

describe('as a picture', () => {
  test('it has all texts, the first cluster on top, and is the same each time', async () => {
    const picture = await svg(drawn(FLEET));
    expect(picture).toMatch(/^<\?xml [\s\S]*<svg [\s\S]*<\/svg>\n$/);
    expect(textsOf(picture)).toEqual(
      expect.arrayContaining([
        ...[
          'dev opens',
          'by hand',
          '12h after dev and staging are rolled out',
          'approval none, maxParallel 3',
        ],
        ...['first.k8s.local', 'canary: goes first', 'old.k8s.local', 'retired', '1 instance group'],
      ]),
    );
    const heightOf = (text: string) => Number(new RegExp(`y="([-.\\d]+)"[^>]*>${text}<`).exec(picture)?.[1]);
    expect(heightOf('one.k8s.local')).toBeLessThan(heightOf('two.k8s.local'));
    expect(heightOf('first.k8s.local')).toBeLessThan(heightOf('old.k8s.local'));
    expect(await svg(drawn(FLEET))).toBe(picture);
  });

  test('a thousand clusters are a few boxes, or a thousand', async () => {
    expect(textsOf(await svg(drawn(LARGE)))).toContain('856 clusters');
    const texts = textsOf(await svg(drawn(LARGE, { all: true })));
    expect(texts.filter((text) => text.endsWith('.k8s.example.com'))).toHaveLength(1_000);
  });
});
