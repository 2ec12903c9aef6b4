import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { files, version } from '../../package.json';
import { fleetText, Project, ROOT } from './support/project';

afterAll(() => Project.removeAll());

/** A project that has the compiled package among its node_modules, as after npm install. */
function projectWithPackage(): Project {
  const project = new Project();
  fs.rmSync(project.path('node_modules'));
  const home = project.path('node_modules/cdkops');
  fs.mkdirSync(home, { recursive: true });
  for (const file of ['package.json', ...files]) {
    const from = path.join(ROOT, file);
    if (file !== 'lib' && fs.existsSync(from)) fs.cpSync(from, path.join(home, file), { recursive: true });
  }
  const build = ['-p', path.join(ROOT, 'tsconfig.build.json'), '--outDir', path.join(home, 'lib')];
  execFileSync(path.join(ROOT, 'node_modules/.bin/tsc'), build, { stdio: 'inherit' });
  fs.cpSync(path.join(ROOT, 'src/delivery/shell'), path.join(home, 'lib/delivery/shell'), {
    recursive: true,
  });
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(home, 'node_modules'));
  for (const name of ['typescript', '@types']) {
    fs.symlinkSync(path.join(ROOT, 'node_modules', name), project.path(`node_modules/${name}`));
  }
  const tsconfig = JSON.parse(project.read('tsconfig.json'));
  tsconfig.compilerOptions.paths = undefined;
  project.write('tsconfig.json', JSON.stringify(tsconfig));
  return project;
}

test('the compiled package works without src, also in a project of ES modules', async () => {
  const project = projectWithPackage();
  const bin = project.path('node_modules/cdkops/bin/cdkops.js');
  expect(fs.existsSync(project.path('node_modules/cdkops/src'))).toBe(false);
  expect((await project.cdkops(['--version'], { bin })).stdout).toBe(`${version}\n`);

  const made = await project.cdkops(['synth'], { bin });
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
  expect(project.exists('clusters/dev.k8s.local/kops.yaml')).toBe(true);
  expect(project.read('.gitlab/cdkops.sh')).toContain('kops update cluster');

  project.write('package.json', '{ "type": "module" }');
  const again = await project.cdkops(['check'], { bin });
  expect(again).toEqual({ code: 0, stdout: '6 files as the code gives them\n', stderr: '' });

  project.write('clusters/fleet.ts', `${fleetText()}new Wave(fleet, 'empty');\nconst a: number = '';\n`);
  const wrong = await project.cdkops(['synth'], { bin });
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('clusters/fleet.ts(12,7): error TS2322');
  expect(wrong.stderr).toMatch(/^error \[empty\] .* \(clusters\/fleet\.ts:11:1\)$/m);
});
