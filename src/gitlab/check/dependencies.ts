import { type Configuration, type Entry, type Say, stageOf } from './configuration';
import { checkOrder, findJob, stageDistance, unknownJob } from './references';
import { isObject } from './shape';

/**
 * Names in `dependencies`. GitLab takes some that fetch nothing; such a job would go without what it works on.
 *
 * @see https://docs.gitlab.com/ci/yaml/#dependencies; code: app/models/ci/build_dependencies.rb
 */
export function checkDependencies(entry: Entry, configuration: Configuration, say: Say): void {
  const { needs, dependencies } = entry.job;
  if (!Array.isArray(dependencies)) return;
  const needed = Array.isArray(needs) ? new Set(needs.map(nameOf)) : undefined;
  const keyword = 'dependencies';
  for (const name of dependencies as readonly unknown[]) {
    if (typeof name !== 'string' || name === '') continue;
    const found = findJob(name, configuration);
    if (!found) {
      if (configuration.included.open) continue;
      say(keyword, unknownJob(name, configuration, 'take it out'));
    } else if (needed || hasRuleNeeds(entry)) checkOrder(entry, keyword, name, found, configuration, say);
    else checkEarlier(entry, name, found, configuration, say);
    if (needed && !needed.has(name) && !hasRuleNeeds(entry)) {
      const message = `names '${name}', which is not among needs. Add it there, or leave dependencies out.`;
      say(keyword, message);
    }
  }
}

function checkEarlier(
  entry: Entry,
  name: string,
  other: Entry,
  configuration: Configuration,
  say: Say,
): void {
  const distance = stageDistance(entry, other, configuration);
  if (distance === undefined || distance < 0) return;
  const place = distance === 0 ? 'is its own' : `comes after '${stageOf(entry)}'`;
  const message = `names '${name}' of stage '${stageOf(other)}', which ${place}: without needs a job gets nothing but from earlier stages. Add '${name}' to needs, or move one of them.`;
  say('dependencies', message);
}

/** Then it depends on the rule that matches what is needed. */
function hasRuleNeeds({ job: { rules } }: Entry): boolean {
  return Array.isArray(rules) && rules.some((rule) => isObject(rule) && rule.needs !== undefined);
}

function nameOf(need: unknown): unknown {
  return isObject(need) ? need.job : need;
}
