/**
 * Writes src/kops/api/types.ts and src/kops/api/schema.json: `npx projen kops-api -- FOLDER`.
 *
 * FOLDER holds the custom resource definitions of every known kOps release; docs/kops-releases.md says where they come
 * from, and what to do after a run.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReleases } from './crd';
import { DOCS } from './docs';
import { ENUMS } from './enums';
import { generate } from './generate';
import { NAMES } from './names';

const TARGET = join(__dirname, '..', '..', 'src', 'kops', 'api');

function main(args: readonly string[]): void {
  // projen hands the `--` on as well.
  const [folder, ...rest] = args.filter((arg) => arg !== '--');
  if (folder === undefined || rest.length > 0) throw new Error('usage: npx projen kops-api -- FOLDER');
  const { model, files } = generate(readReleases(folder), { names: NAMES, enums: ENUMS, docs: DOCS });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(TARGET, name), text);

  const fields = model.objects.reduce((sum, object) => sum + object.fields.length, 0);
  const documented = model.objects
    .flatMap((object) => object.fields)
    .filter(({ doc }) => doc !== undefined).length;
  console.log(
    `kOps ${model.releases[0]} to ${model.releases.at(-1)}: ${model.objects.length} objects, ${fields} fields`,
  );
  console.log(
    `${documented} fields have a sentence, ${Object.keys(ENUMS).length} sets of values have a name`,
  );
  for (const [path, name] of Object.entries(model.derived)) {
    console.log(`${path} has no name in tools/kops-api/names.ts; it is called ${name} for now`);
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`kops-api: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
