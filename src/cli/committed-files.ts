import { UserError } from '../core';
import { type GitAnswer, git } from './git';
import { textOf } from './text-of-bytes';

/** Files of a commit, beneath a project's folder. */
export class CommittedFiles {
  private constructor(
    private readonly root: string,
    private readonly commit: string,
  ) {}

  /**
   * The files of a commit, a branch, a tag: whatever git takes for one.
   * @throws UserError where there is no such commit, or no repository.
   */
  public static at(root: string, ref: string): CommittedFiles {
    if (ref === '' || ref.startsWith('-')) {
      throw new UserError(`--against: expected a commit, a branch or a tag, got ${JSON.stringify(ref)}`);
    }
    const { ok, stdout, stderr } = git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
    if (ok) return new CommittedFiles(root, stdout.toString().trim());
    throw new UserError(whyUnknown(root, ref, stderr));
  }

  /** The texts of all files among or below these paths, by path; both relative to the project, with forward slashes. */
  public read(paths: readonly string[]): Map<string, string> {
    const blobs = this.list(paths);
    const answer = this.ask(['cat-file', '--batch'], [...blobs.values()].map((id) => `${id}\n`).join(''));
    const texts = splitBatch(answer);
    return new Map([...blobs.keys()].map((file, index) => [file, texts[index] ?? '']));
  }

  /** Ids of files by path; links and submodules are none. */
  private list(paths: readonly string[]): Map<string, string> {
    if (paths.length === 0) return new Map();
    const listing = this.ask(['ls-tree', '-r', '-z', this.commit, '--', ...paths]).toString();
    return new Map(
      listing.split('\0').flatMap((entry): [string, string][] => {
        const { id, file } = /^100\d{3} blob (?<id>[0-9a-f]+)\t(?<file>[\s\S]+)$/.exec(entry)?.groups ?? {};
        return id && file ? [[file, id]] : [];
      }),
    );
  }

  private ask(args: readonly string[], input?: string): Buffer {
    const { ok, stdout, stderr } = git(this.root, args, input);
    if (ok) return stdout;
    throw new UserError(`git ${args[0]} failed: ${stderr}`);
  }
}

/** `git cat-file --batch` prints for each object a line with its size, its bytes, and a line feed. */
function splitBatch(answer: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf('\n', at);
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(answer.toString('utf8', at, end))?.[1]);
    // An object that the repository lacks: a clone that was cut off.
    if (!Number.isInteger(size))
      throw new UserError('git does not have all files of that commit: run git fetch');
    texts.push(textOf(answer.subarray(end + 1, end + 1 + size)));
    at = end + 1 + size + 1;
  }
  return texts;
}

function whyUnknown(root: string, ref: string, said: string): string {
  const inside = git(root, ['rev-parse', '--is-inside-work-tree', '--is-shallow-repository']);
  if (!inside.ok) return whyNoRepository(root, inside);
  const [, isShallow] = inside.stdout.toString().trim().split('\n');
  if (isShallow === 'true') {
    return `git knows no commit ${JSON.stringify(ref)} here, where only the newest commits were fetched: git fetch --unshallow, or in a GitLab job the variable GIT_DEPTH: "0"`;
  }
  if (ref === 'HEAD') return 'there is no commit yet to compare with: commit the manifests first';
  const hint = said === '' ? 'git fetch may bring it; git branch --all and git log show what there is' : said;
  return `git knows no commit ${JSON.stringify(ref)}: ${hint}`;
}

function whyNoRepository(root: string, { stderr }: GitAnswer): string {
  if (/not a git repository/i.test(stderr)) {
    return `${root} is in no git repository, and there is nothing to compare with: git init, and commit the manifests`;
  }
  return `git refuses to look into ${root}: ${stderr}`;
}
