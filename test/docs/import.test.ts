import * as fs from 'node:fs';
import * as path from 'node:path';
import { Project } from '../cli/support/project';
import { ROOT } from './documents';

const EXAMPLE = path.join(ROOT, 'docs/examples/import');
const MANIFEST = 'shop.k8s.acme.example.yaml';
const read = (file: string) => fs.readFileSync(path.join(EXAMPLE, file), 'utf8');

afterAll(() => Project.removeAll());

test('the example is what the command makes of its manifest, and synth takes it', async () => {
  const project = new Project();
  fs.rmSync(project.path('clusters'), { recursive: true });
  project.write(MANIFEST, read(MANIFEST));
  expect(await project.cdkops(['import', MANIFEST])).toMatchObject({ code: 0, stderr: '' });
  for (const file of ['fleet.ts', 'shop.k8s.acme.example/cluster.ts']) {
    expect(project.read(`clusters/${file}`)).toBe(read(file));
  }
  expect(await project.run('synth')).toMatchObject({ code: 0, stderr: '' });
  expect(project.exists('clusters/shop.k8s.acme.example/kops.yaml')).toBe(true);
});
