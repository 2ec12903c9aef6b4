/** What `cdkops eject --help` teaches. */
export const EJECT_HELP = `
The way back: the manifests and the pipeline stay, as plain files that people edit, and nothing in them needs cdkops,
Node or TypeScript. Takes the marks out of the files, gives verify a check in plain shell in place of the code's, and has
the jobs tell from the files themselves what was rolled out. Nothing has to be rolled out again by it. The files must be
what the code gives, and committed: git revert is the way back from here. All or nothing, and the code is not deleted: what
can go is told.

How to do by hand what the code did: docs/eject.md. It is not projen's own task of that name.

Examples:
  npx cdkops eject --dry-run              which files would change
  npx cdkops eject                        the fleet of clusters/fleet.ts
  npx cdkops eject --app clusters/lab.ts  another file of the project`;
