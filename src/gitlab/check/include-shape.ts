import { includeRules } from './rule-shape';
import { describe, either, fields, isObject, items, type Place, type Shape, type Sink, text } from './shape';
import { inputs, paths } from './values';

const PLACES = ['local', 'project', 'remote', 'template', 'component', 'artifact'] as const;

const keys = {
  local: text({ expected: 'the path of a .yml or .yaml file', pattern: /\.ya?ml$|\$/ }),
  project: text(),
  file: paths,
  ref: text(),
  remote: text({ expected: 'an address that begins with http:// or https://', pattern: /^https?:\/\/|\$/ }),
  integrity: text({ expected: 'sha256- and a digest in Base64', pattern: /^sha256-[A-Za-z0-9+/]+=*$/ }),
  template: text(),
  component: text(),
  artifact: text(),
  job: text(),
  inputs,
  rules: includeRules,
};

function one(inTrigger: boolean): Shape {
  return either('a path or an object such as { local }', {
    text: text({ expected: 'the path of a file' }),
    object: fields<typeof keys>(keys, { also: (value, at, sink) => whole(value, at, sink, inTrigger) }),
  });
}

function whole(value: unknown, at: Place, sink: Sink, inTrigger: boolean): void {
  if (!isObject(value)) return;
  const given = PLACES.filter((place) => value[place] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none of' : `${given.join(' and ')}, of`;
    sink.missing(at, `has ${found} ${PLACES.join(', ')}; expected exactly one. Make an entry of each.`);
  }
  if (value.project !== undefined && value.file === undefined) {
    sink.missing(`${at}.file`, 'is missing beside project. Name the file in that project.');
  }
  if (value.artifact !== undefined && !inTrigger) {
    sink.missing(`${at}.artifact`, 'is for trigger:include alone. Trigger a child pipeline with it.');
  }
  if (value.artifact !== undefined && value.job === undefined) {
    sink.missing(
      `${at}.job`,
      `is missing beside artifact ${describe(value.artifact)}. Name the job that makes it.`,
    );
  }
  if (value.integrity !== undefined && value.remote === undefined) {
    sink.missing(`${at}.integrity`, 'is for remote files alone. Leave it out.');
  }
}

/** An entry of `include`. */
export const include: Shape = one(false);

/** What `trigger:include` takes. */
export function triggerInclude(max: number): Shape {
  return either('a path or a list of files', {
    text: text({ expected: 'the path of a file' }),
    list: items(one(true), { min: 1, max, tooMany: 'Let one of the files include the others.' }),
  });
}
