import * as fs from 'node:fs';
import { fleetText, Project } from './support/project';

afterAll(() => Project.removeAll());

test.concurrent('fails on types, and shows findings beside them', async () => {
  const project = new Project(`${fleetText()}
    const count: number = 'three';
    new Cluster(dev, 'odd.k8s.local', { zones: ['eu-central-1a'], kubernetesVersion: '1.x' }); void count;`);
  const state = project.state();
  const { code, stdout, stderr } = await project.cdkops(['synth']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(
    "clusters/fleet.ts(12,11): error TS2322: Type 'string' is not assignable to type 'number'.",
  );
  expect(stderr).toMatch(/^error \[dev\/odd\.k8s\.local\] .*1\.x.*Nothing was written\.\n$/ms);
  expect(project.state()).toEqual(state);
});

test.concurrent('the nearest tsconfig.json counts', async () => {
  const project = new Project(`${fleetText()}export const count: number = 'three';`);
  const text = project.read('tsconfig.json');
  project.write(
    'clusters/tsconfig.json',
    text.replace('"strict":true', '"strict":true,"noEmit":true').replace('["clusters"]', '["."]'),
  );
  project.write('tsconfig.json', '{ "files": [] }');
  const { code, stderr } = await project.cdkops(['check']);
  expect(code).toBe(1);
  expect(stderr).toContain('error TS2322');
});

test.concurrent('warns where the project does not have the fleet among its files', async () => {
  const project = new Project();
  project.write('src/other.ts', 'export {};\n');
  project.write('tsconfig.json', project.read('tsconfig.json').replace('["clusters"]', '["src"]'));
  const { code, stderr } = await project.cdkops(['synth']);
  expect(code).toBe(0);
  expect(stderr).toBe(
    'warning types are not checked: clusters/fleet.ts is not among the files of tsconfig.json\n',
  );
});

test.concurrent('a cache that cannot be written is no error', async () => {
  const project = new Project();
  const tsconfig = JSON.parse(project.read('tsconfig.json'));
  const options = { ...tsconfig.compilerOptions, incremental: true, tsBuildInfoFile: 'cache/info' };
  project.write('tsconfig.json', JSON.stringify({ ...tsconfig, compilerOptions: options }));
  project.write('cache', 'a file in the place of the folder\n');
  const { code, stderr } = await project.cdkops(['synth']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test.concurrent('fails where there is no compiler, or one that is killed', async () => {
  const project = new Project();
  fs.rmSync(project.path('node_modules'));
  project.write('node_modules/constructs', '');
  const missing = await project.cdkops(['synth']);
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain(
    'error no TypeScript compiler for tsconfig.json: npm install --save-dev typescript, or --no-type-check\n',
  );
  project.write('node_modules/typescript/package.json', '{}');
  project.write('node_modules/typescript/bin/tsc', "process.kill(process.pid, 'SIGKILL');");
  const killed = await project.cdkops(['synth']);
  expect(killed.code).toBe(1);
  expect(killed.stderr).toContain(
    'error the TypeScript compiler was ended by SIGKILL: is there enough memory?',
  );
});
