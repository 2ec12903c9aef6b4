// Judges CI configuration by GitLab's own schema. A script of its own, since jest cannot load the schema's package, which
// is ESM. Standard input: a JSON list of configurations; standard output: a list of what is wrong with each.
import { Ajv } from 'ajv';
import { schema } from 'gitlab-ci-local-schema/src/schema/schema.js';

// GitLab's schema has keywords of editors in it, and formats that are hints.
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const verdicts = JSON.parse(Buffer.concat(chunks).toString('utf8')).map((configuration) =>
  validate(configuration)
    ? []
    : validate.errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`),
);
console.log(JSON.stringify(verdicts));
