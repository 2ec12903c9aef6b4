import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CACHE, E2E } from './folders';
import { runTool } from './run-tool';

/** A program that is built from source. */
export interface GoBinary {
  /** Its folder in test/e2e, with go.mod and go.sum. */
  readonly module: string;
  /** What to build: a package of the module or of what it requires. */
  readonly source: string;
  /** The module that gives the program its version. */
  readonly versionOf: string;
  /** Environment variable that names a finished binary instead. */
  readonly variable: string;
  /** How long the build takes the first time, in words. */
  readonly duration: string;
}

/**
 * The path of a program in the version that go.mod pins, built if need be. go.sum has the checksum of every source file
 * that it is built from, so nothing has to be believed that a download server says.
 */
export function provideGoBinary(binary: GoBinary): string {
  const given = process.env[binary.variable];
  if (given) {
    if (!fs.existsSync(given)) throw new Error(`${binary.variable} names ${given}, which does not exist`);
    return path.resolve(given);
  }
  const folder = path.join(E2E, binary.module);
  const version = pinnedVersion(folder, binary.versionOf);
  const target = path.join(CACHE, `${binary.module}-${version}`);
  const digestFile = `${target}.digest`;
  const digest = folderDigest(folder);
  if (fs.existsSync(target) && readIfThere(digestFile) === digest) return target;
  console.log(`building ${binary.module} ${version}, about ${binary.duration} the first time`);
  fs.mkdirSync(CACHE, { recursive: true });
  // Built beside its place and moved: a build that was stopped leaves nothing that looks finished.
  const fresh = `${target}.${process.pid}`;
  try {
    runTool('go', ['build', '-mod=readonly', '-o', fresh, binary.source], {
      cwd: folder,
      env: { GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' },
      timeoutSeconds: 25 * 60,
    });
    fs.renameSync(fresh, target);
  } finally {
    fs.rmSync(fresh, { force: true });
  }
  fs.writeFileSync(digestFile, digest);
  return target;
}

/** The version of a module that go.mod pins, for instance `1.36.2`. */
function pinnedVersion(folder: string, module: string): string {
  const requirement = new RegExp(`${module.replaceAll('.', '\\.')} v(\\S+)`);
  const version = requirement.exec(fs.readFileSync(path.join(folder, 'go.mod'), 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${path.join(folder, 'go.mod')} pins no ${module}`);
  return version;
}

function folderDigest(folder: string): string {
  const hash = crypto.createHash('sha256');
  for (const file of fs.readdirSync(folder).sort()) hash.update(fs.readFileSync(path.join(folder, file)));
  return hash.digest('hex');
}

function readIfThere(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}
