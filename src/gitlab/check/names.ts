import { EXTENDS_LEVELS_MAX, JOB_NAME_MAX, RESERVED_JOB_NAMES } from '../limits';
import type { Configuration } from './configuration';
import { describe } from './shape';

const reserved = new Set(RESERVED_JOB_NAMES);

/** Names of jobs, and names in `extends`. */
export function checkNames({ entries, extended, byName, included, report }: Configuration): void {
  for (const { file, name, template } of entries) {
    if (typeof name !== 'string') {
      report({
        file,
        job: String(name),
        message: `has ${describe(name)} for a name; expected text. Name it by text.`,
      });
    } else if (name.trim() === '' || name === '.') {
      report({ file, job: name, message: 'has no name. Give it one.' });
    } else if (reserved.has(name)) {
      report({
        file,
        job: name,
        message: `has the name '${name}', which means something else to GitLab. Rename it.`,
      });
    } else if (!template && name.length > JOB_NAME_MAX) {
      const message = `has a name of ${name.length} characters; GitLab takes at most ${JOB_NAME_MAX}. Shorten it.`;
      report({ file, job: name, message });
    }
  }
  const keyword = 'extends';
  if (!included.open) {
    for (const { job, base } of extended.unknown) {
      const message = `names '${base}', but no file has such a job or template. Add it, or correct the name.`;
      report({ file: byName.get(job)?.file ?? '', job, keyword, message });
    }
  }
  for (const circle of extended.circles) {
    const job = circle[0] ?? '';
    const message = `goes in a circle: ${[...circle, job].join(' -> ')}. Take one of them out.`;
    report({ file: byName.get(job)?.file ?? '', job, keyword, message });
  }
  for (const { job, levels } of extended.tooDeep) {
    const message = `is ${levels} levels deep; GitLab follows at most ${EXTENDS_LEVELS_MAX}. Extend something nearer the root.`;
    report({ file: byName.get(job)?.file ?? '', job, keyword, message });
  }
}
