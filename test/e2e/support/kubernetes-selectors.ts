import type { KubernetesObject } from './kubernetes-objects';

/** Whether an object is one of those that `labelSelector` and `fieldSelector` of a list ask for. */
export function matchesSelectors(object: KubernetesObject, parameters: URLSearchParams): boolean {
  const { labels } = object.metadata;
  const fields: Readonly<Record<string, unknown>> = {
    'metadata.name': object.metadata.name,
    'metadata.namespace': object.metadata.namespace,
    'spec.nodeName': object.spec.nodeName,
  };
  return (
    matches(parameters.get('labelSelector') ?? '', labels) &&
    matches(parameters.get('fieldSelector') ?? '', fields)
  );
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
function matches(selector: string, values: Readonly<Record<string, unknown>>): boolean {
  // Commas between brackets belong to a list of values.
  const requirements = selector.split(/,(?![^(]*\))/).filter(Boolean);
  return requirements.every((requirement) => {
    const [, key = '', operator, text = ''] =
      /^\s*(!?[^\s=!]+)\s*(==|=|!=|\bnotin\b|\bin\b)?\s*(.*?)\s*$/.exec(requirement) ?? [];
    if (operator === undefined) return key.startsWith('!') ? !(key.slice(1) in values) : key in values;
    const wanted = text.replace(/^\(|\)$/g, '').split(/\s*,\s*/);
    const isOne = key in values && wanted.includes(String(values[key]));
    return operator === '!=' || operator === 'notin' ? !isOne : isOne;
  });
}
