import { IniFile, JsonFile, License, Project, ProjenrcFile } from 'projen';
import {
  NodePackage,
  NodePackageManager,
  TypeScriptModuleResolution,
  TypescriptConfig,
} from 'projen/lib/javascript';

/** Tells projen which command runs this file. */
class TypeScriptProjenrc extends ProjenrcFile {
  public readonly filePath = '.projenrc.ts';
}

/*
 * The base Project, not TypeScriptProject: that one runs npx again for every task, makes three tsconfigs and lets
 * jest pass without tests.
 */
const project = new Project({ name: 'cdkops', commitGenerated: true });
new TypeScriptProjenrc(project);

const nodePackage = new NodePackage(project, {
  packageName: 'cdkops',
  description: 'CD for kOps: clusters in TypeScript become kOps manifests and a GitLab pipeline',
  license: 'Apache-2.0',
  authorName: 'The cdkops authors',
  authorOrganization: true,
  keywords: ['kops', 'kubernetes', 'gitlab', 'cdk', 'constructs', 'projen'],
  packageManager: NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  autoDetectBin: false,
  bin: { cdkops: 'bin/cdkops.js' },
  entrypoint: 'lib/index.js',
  deps: [
    'cli-table3@^0.6.5',
    'commander@^14.0.3',
    'constructs@^10.8.1',
    'diff@^8.0.4',
    'fast-json-patch@^3.1.1',
    'fastest-levenshtein@^1.0.16',
    'ipaddr.js@^2.5.0',
    'picocolors@^1.1.1',
    'semver@^7.8.6',
    'tsx@^4.23.15',
    'yaml@^2.9.1',
  ],
  // Draws SVG: five megabytes that only `graph --format svg` needs.
  peerDeps: ['@viz-js/viz@^3.31.0'],
  devDeps: [
    '@biomejs/biome@2.5.15',
    '@gitbeaker/rest@^43.8.0',
    '@swc/core@1.16.18',
    '@swc/jest@0.2.39',
    '@types/jest@^30.0.0',
    '@types/node@^20',
    '@types/semver@^7.8.0',
    'ajv@^8.20.0',
    'cdk8s@2.70.106',
    'fast-check@^4.10.2',
    'gitlab-ci-local@4.73.0',
    'gitlab-ci-local-schema@npm:gitlab-ci-local@4.65.1',
    'jest@30.5.2',
    'projen@0.103.25',
    'typescript@7.0.2',
  ],
});
nodePackage.addField('peerDependenciesMeta', { '@viz-js/viz': { optional: true } });
nodePackage.addField('types', 'lib/index.d.ts');
nodePackage.addField('files', ['bin', 'lib', 'docs', 'CHANGELOG.md']);
// The newest platform packages of this one cannot be installed from every registry: facts that a lockfile must obey.
nodePackage.addField('overrides', { 'unrs-resolver': '1.12.2' });
new License(project, { spdx: 'Apache-2.0' });

// No download addresses in the lockfile, no install scripts: what is installed is what the lockfile's digests say.
new IniFile(project, '.npmrc', {
  obj: { 'omit-lockfile-registry-resolved': true, 'ignore-scripts': true, fund: false, audit: false },
});

const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2022'],
  module: 'node16',
  moduleResolution: TypeScriptModuleResolution.NODE16,
  types: ['node', 'jest'],
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  skipLibCheck: true,
};
new TypescriptConfig(project, {
  fileName: 'tsconfig.json',
  include: ['.projenrc.ts', 'src', 'clusters', 'test', 'tools', 'bench', 'docs'],
  compilerOptions: { ...compilerOptions, noEmit: true, paths: { cdkops: ['./src/index.ts'] } },
});
// What `synth` checks: the fleet and what it imports, remembered between runs.
new JsonFile(project, 'clusters/tsconfig.json', {
  marker: false,
  obj: {
    extends: '../tsconfig.json',
    compilerOptions: {
      incremental: true,
      tsBuildInfoFile: '../node_modules/.cache/cdkops/clusters.tsbuildinfo',
      // A cluster that is commented out for a try must not stop synth; lint says it all the same.
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    include: ['.'],
  },
});
// What the package is built from.
new TypescriptConfig(project, {
  fileName: 'tsconfig.build.json',
  include: ['src'],
  compilerOptions: { ...compilerOptions, types: ['node'], rootDir: 'src', outDir: 'lib', declaration: true },
});

const jest = {
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  moduleNameMapper: { '^cdkops$': '<rootDir>/src/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/lib/'],
};
new JsonFile(project, 'jest.config.json', {
  marker: false,
  obj: {
    ...jest,
    testMatch: ['<rootDir>/test/**/*.test.ts'],
    testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
  },
});
new JsonFile(project, 'jest.e2e.config.json', {
  marker: false,
  obj: {
    ...jest,
    testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
    globalSetup: '<rootDir>/test/e2e/setup.ts',
    globalTeardown: '<rootDir>/test/e2e/teardown.ts',
    testTimeout: 120000,
    maxWorkers: 2,
  },
});

new JsonFile(project, 'biome.json', {
  marker: false,
  obj: {
    vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
    files: {
      includes: ['**', '!**/*.json'],
    },
    formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 110 },
    javascript: { formatter: { quoteStyle: 'single' } },
    // projen writes JSON so, this file included.
    json: { formatter: { expand: 'always' } },
    linter: {
      rules: {
        preset: 'recommended',
        correctness: { noUnusedImports: 'error', noUnusedVariables: 'error' },
        style: { noNonNullAssertion: 'error', useImportType: 'error', useNodejsImportProtocol: 'error' },
        suspicious: { noConsole: 'off' },
      },
    },
  },
});

project.gitignore.exclude(
  'node_modules/',
  'lib/',
  '*.tgz',
  '*.tsbuildinfo',
  'coverage/',
  '.gitlab-ci-local/',
  '*.cdkops-tmp',
  '/plans/',
  '/gates/',
  '/.cdkops/',
  '*.log',
);

// GitLab folds it in its diffs; the other generated files have attributes beside them.
project.gitattributes.addAttributes('/.gitlab-ci.yml', 'gitlab-generated');

project.defaultTask?.exec('node --require tsx/cjs .projenrc.ts');
project.addTask('synth', {
  description: 'Write the manifests and the pipeline of clusters/fleet.ts',
  exec: 'node bin/cdkops.js synth',
  receiveArgs: true,
});
project.addTask('check', {
  description: 'Fail with a diff where the committed files are not what the code gives',
  exec: 'node bin/cdkops.js check',
  receiveArgs: true,
});
project.testTask.reset('node node_modules/jest/bin/jest.js', { receiveArgs: true });
project.compileTask.reset('node_modules/.bin/tsc -p tsconfig.build.json');
// The script of the jobs is shell, which the compiler leaves where it is.
project.compileTask.exec('rm -rf lib/delivery/shell && cp -R src/delivery/shell lib/delivery/shell');
project.packageTask.reset('npm pack --silent');
const addTask = (name: string, description: string, exec: string) =>
  project.addTask(name, { description, exec, receiveArgs: true });
addTask('lint', 'Lint and format (--write mends)', 'node_modules/.bin/biome check');
addTask(
  'kops-api',
  'Generate src/kops/api from a FOLDER of kOps CRDs',
  'node --require tsx/cjs tools/kops-api/main.ts',
);
addTask(
  'e2e',
  'Run the tests that need the real kops, Go, Python and Ruby',
  'node node_modules/jest/bin/jest.js --config jest.e2e.config.json',
);
addTask('bench', 'Time synth beside its peers', 'node --require tsx/cjs bench/main.ts');

project.synth();
