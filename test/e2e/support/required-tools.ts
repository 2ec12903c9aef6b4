import * as fs from 'node:fs';
import * as path from 'node:path';

/** What must be on PATH, and what to install where it is not. */
const TOOLS: Readonly<Record<string, string>> = {
  bash: 'bash',
  busybox: 'busybox',
  dash: 'dash',
  git: 'git',
  go: 'Go 1.21 or newer (it fetches the version that test/e2e/kops/go.mod asks for), or set CDKOPS_E2E_KOPS and CDKOPS_E2E_KUBECTL to binaries of kops and kubectl',
  jq: 'jq',
  python3: 'Python 3.10 or newer with venv (Debian: python3 python3-venv)',
  rsync: 'rsync',
  ruby: 'Ruby (Debian: ruby)',
};

/** Fails with one message that names everything to install: tests would fail one by one, each in its own words. */
export function requireTools(): void {
  const missing = Object.entries(TOOLS).filter(([tool]) => !isOnPath(tool) && !isReplaced(tool));
  if (missing.length === 0) return;
  const lines = missing.map(([tool, install]) => `  ${tool}: install ${install}`);
  throw new Error(`the end-to-end tests need commands that are not on PATH:\n${lines.join('\n')}`);
}

function isReplaced(tool: string): boolean {
  return tool === 'go' && Boolean(process.env.CDKOPS_E2E_KOPS && process.env.CDKOPS_E2E_KUBECTL);
}

function isOnPath(tool: string): boolean {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.some((folder) => {
    try {
      fs.accessSync(path.join(folder, tool), fs.constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
