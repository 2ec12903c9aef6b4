/**
 * The name of the function that adds a cluster: `addCK8sLocal` for `c.k8s.local`. It is one that no other has, whatever is in
 * the cluster's name.
 */
export function functionName(clusterName: string, taken: ReadonlySet<string>): string {
  return unusedName(`add${pascalCase(clusterName) || 'Cluster'}`, taken);
}

/** The name of a variable for what is called so: `euWest` for `eu-west`. */
export function variableName(name: string, taken: ReadonlySet<string>): string {
  const words = pascalCase(name);
  const text = words.charAt(0).toLowerCase() + words.slice(1);
  return unusedName(/^[a-z]/.test(text) ? text : `wave${words}`, new Set([...taken, ...RESERVED]));
}

/** `CK8sLocal`: letters and digits of the name, those of other scripts left out. */
function pascalCase(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The name itself, or the first with a number behind it that nobody has. */
function unusedName(name: string, taken: ReadonlySet<string>): string {
  // A number behind a digit would look like one number.
  const stem = /\d$/.test(name) ? `${name}_` : name;
  let result = name;
  for (let number = 2; taken.has(result); number++) result = `${stem}${number}`;
  return result;
}

/** What JavaScript and TypeScript keep for themselves, in a module. */
const RESERVED = new Set(
  [
    'arguments as async await break case catch class const continue debugger default delete do else enum eval export extends',
    'false finally for from function get if implements import in instanceof interface let new null of package private',
    'protected public return set static super switch this throw true try type typeof undefined var void while with yield',
    'any boolean never number object string symbol unknown declare module namespace require exports global process console',
  ].flatMap((words) => words.split(' ')),
);
