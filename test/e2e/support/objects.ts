/** An object of the kOps API, as data. */
export interface KopsJson {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/**
 * What kops printed with `-o json`: one object, a list, or several objects with commas between them and no brackets.
 * JSON, not YAML: no reader's idea of YAML comes between kops and a test.
 */
export function parseObjects(json: string): KopsJson[] {
  const text = json.trim();
  return JSON.parse(text.startsWith('[') ? text : `[${text}]`) as KopsJson[];
}
