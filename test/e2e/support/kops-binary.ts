import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CACHE, E2E } from './folders';
import { runTool } from './run-tool';

const MODULE = path.join(E2E, 'kops');

/**
 * The path of the real kops that go.mod pins, built if need be. go.sum has the checksum of every source file that it is
 * built from, so nothing has to be believed that a download server says.
 */
export function provideKops(): string {
  const given = process.env.CDKOPS_E2E_KOPS;
  if (given) {
    if (!fs.existsSync(given)) throw new Error(`CDKOPS_E2E_KOPS names ${given}, which does not exist`);
    return path.resolve(given);
  }
  const version = pinnedVersion();
  const binary = path.join(CACHE, `kops-${version}`);
  const digestFile = `${binary}.digest`;
  const digest = moduleDigest();
  if (fs.existsSync(binary) && readIfThere(digestFile) === digest) return binary;
  console.log(`building kops ${version}, about six minutes the first time`);
  fs.mkdirSync(CACHE, { recursive: true });
  // Built beside its place and moved: a build that was stopped leaves nothing that looks finished.
  const fresh = `${binary}.${process.pid}`;
  try {
    runTool('go', ['build', '-mod=readonly', '-o', fresh, 'k8s.io/kops/cmd/kops'], {
      cwd: MODULE,
      env: { GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' },
      timeoutSeconds: 25 * 60,
    });
    fs.renameSync(fresh, binary);
  } finally {
    fs.rmSync(fresh, { force: true });
  }
  fs.writeFileSync(digestFile, digest);
  return binary;
}

/** The kops version that go.mod pins, for instance `1.36.2`. */
function pinnedVersion(): string {
  const version = /k8s\.io\/kops v(\S+)/.exec(fs.readFileSync(path.join(MODULE, 'go.mod'), 'utf8'))?.[1];
  if (version === undefined) throw new Error('test/e2e/kops/go.mod pins no k8s.io/kops');
  return version;
}

function moduleDigest(): string {
  const hash = crypto.createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(fs.readFileSync(path.join(MODULE, file)));
  return hash.digest('hex');
}

function readIfThere(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}
