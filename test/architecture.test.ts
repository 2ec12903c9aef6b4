import * as fs from 'node:fs';
import { builtinModules } from 'node:module';
import * as path from 'node:path';
import { dependencies, peerDependencies } from '../package.json';

const SRC = path.resolve(__dirname, '../src');

/** What the modules of each folder may import besides their own: the layers below. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  core: [],
  kops: ['core'],
  gitlab: ['core'],
  delivery: ['kops', 'gitlab', 'core'],
  synth: ['delivery', 'kops', 'gitlab', 'core'],
  adopt: ['delivery', 'kops', 'gitlab', 'core'],
  cli: ['adopt', 'synth', 'delivery', 'kops', 'gitlab', 'core'],
  // src/index.ts: what users import. The command line is no part of it.
  '': ['adopt', 'synth', 'delivery', 'kops', 'gitlab', 'core'],
};

/** What may start other programs: the compiler of types, git, and what reads state stores. */
const STARTS_PROCESSES: readonly string[] = ['cli/type-check.ts', 'cli/git.ts', 'cli/run-program.ts'];

/** One module of src: its path relative to src, and what it imports, type imports included. */
interface Module {
  readonly file: string;
  readonly imports: readonly string[];
}

/** Statements stand at the start of a line, Biome sees to that; in a text that is printed they do not. */
const STATEMENT =
  /^(?:import\s|export\s+(?:type\s+)?[*{])[^;'"]*?from\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm;
const CALL = /\b(?:require|import|require\.resolve)\(\s*['"]([^'"]+)['"]/g;

/** The module specifiers in a text. */
function importsOf(text: string): string[] {
  const code = text.replace(/^\s*(?:\/\*\*?[\s\S]*?\*\/|\/\/.*$)/gm, '');
  return [...code.matchAll(STATEMENT), ...code.matchAll(CALL)].map(([, one, other]) => one ?? other ?? '');
}

const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '');

/** The module that a relative specifier means. */
function target(module: Module, specifier: string, known: ReadonlySet<string>): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const base = path.posix.normalize(path.posix.join(path.posix.dirname(module.file), specifier));
  const candidates = [base, `${base}.ts`, path.posix.join(base, 'index.ts')];
  return candidates.find((file) => known.has(file));
}

/** Everything in which modules break the rules. */
function violations(modules: readonly Module[]): string[] {
  const known = new Set(modules.map(({ file }) => file));
  return modules.flatMap((module) => {
    const folder = folderOf(module.file);
    return module.imports.flatMap((specifier) => {
      const problem = specifier.startsWith('.')
        ? layerProblem(folder, target(module, specifier, known), specifier)
        : packageProblem(module.file, specifier);
      return problem ? [`${module.file} imports ${specifier}: ${problem}`] : [];
    });
  });
}

function layerProblem(folder: string, file: string | undefined, specifier: string): string | undefined {
  // Data (schema.json, package.json) is no module.
  if (file === undefined) return specifier.endsWith('.json') ? undefined : 'no such module in src';
  const to = folderOf(file);
  if (to === folder && to !== '') return undefined;
  return BELOW[folder]?.includes(to)
    ? undefined
    : `${folder || 'src'} may not import ${to || 'src/index.ts'}`;
}

function packageProblem(file: string, specifier: string): string | undefined {
  if (specifier === 'node:child_process' || specifier === 'child_process') {
    return STARTS_PROCESSES.includes(file)
      ? undefined
      : `only ${STARTS_PROCESSES.join(', ')} start processes`;
  }
  if (specifier.startsWith('node:')) return undefined;
  if (builtinModules.includes(specifier)) return 'expected the prefix node:';
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return name in dependencies || name in peerDependencies
    ? undefined
    : 'it is not among the dependencies of package.json';
}

/** The circles of imports, each as the modules on it. */
function circles(modules: readonly Module[]): string[] {
  const known = new Map(modules.map((module) => [module.file, module]));
  const names = new Set(known.keys());
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]) => {
    if (trail.includes(file)) {
      found.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      return;
    }
    const module = known.get(file);
    if (done.has(file) || !module) return;
    for (const specifier of module.imports) visit(target(module, specifier, names) ?? '', [...trail, file]);
    done.add(file);
  };
  for (const file of names) visit(file, []);
  return found;
}

const modules: Module[] = fs
  .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .map((file) => ({ file, imports: importsOf(fs.readFileSync(path.join(SRC, file), 'utf8')) }));

test('the modules of src are found, and every folder is a layer', () => {
  expect(modules.length).toBeGreaterThan(50);
  expect(modules.find(({ file }) => file === 'cli/main.ts')?.imports).toContain('../core');
  expect(Object.keys(BELOW)).toEqual(
    expect.arrayContaining([...new Set(modules.map(({ file }) => folderOf(file)))]),
  );
});

test('imports run downwards, to dependencies only, and start no process', () => {
  expect(violations(modules)).toEqual([]);
});

test('no circles', () => {
  expect(circles(modules)).toEqual([]);
});

describe('the rules fail on', () => {
  test.each([
    ['gitlab/bad.ts', '../kops', 'gitlab may not import kops'],
    ['kops/api/bad.ts', '../../gitlab/job', 'kops may not import gitlab'],
    ['core/bad.ts', '../kops/cluster', 'core may not import kops'],
    ['delivery/bad.ts', '../synth/yaml', 'delivery may not import synth'],
    ['synth/bad.ts', '../cli/main', 'synth may not import cli'],
    ['synth/bad.ts', '../index', 'synth may not import src/index.ts'],
    ['synth/bad.ts', '..', 'synth may not import src/index.ts'],
    ['core/bad.ts', './nowhere', 'no such module in src'],
    ['core/bad.ts', 'ajv', 'it is not among the dependencies'],
    ['core/bad.ts', '@swc/core/x', 'it is not among the dependencies'],
    ['core/bad.ts', 'fs', 'expected the prefix node:'],
    [
      'synth/bad.ts',
      'node:child_process',
      'only cli/type-check.ts, cli/git.ts, cli/run-program.ts start processes',
    ],
  ])('%s importing %s', (file, specifier, message) => {
    expect(violations([...modules, { file, imports: [specifier] }])).toContainEqual(
      expect.stringContaining(`${file} imports ${specifier}: ${message}`),
    );
  });

  test('a circle', () => {
    const imports = (file: string, ...names: string[]) => ({ file, imports: names });
    expect(circles([imports('a.ts', './b'), imports('b.ts', './c/d'), imports('c/d.ts', '../a')])).toEqual([
      'a.ts → b.ts → c/d.ts → a.ts',
    ]);
  });

  test('every way to import', () => {
    const text = [
      "import a from 'a';",
      'import type { B } from "b";',
      "import { type C,\n  D } from 'c';",
      "import 'd';",
      "export * from 'e';",
      "export { F } from './f';",
      "  const g = require('g') as typeof import('h');",
      "const i = await import('i');",
      "// import no from 'no';",
      "/*\nimport no from 'no';\n*/",
      "print(`\n  import no from 'no';`);",
    ].join('\n');
    expect(importsOf(text).sort()).toEqual(['./f', 'a', 'b', 'c', 'd', 'e', 'g', 'h', 'i']);
  });
});
