/** An element of an answer of AWS; attributes are left out. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Reads XML as AWS writes it: elements and text. */
export function parseXml(xml: string): XmlElement {
  const root = { name: '', children: [] as XmlElement[], text: '' };
  const open = [root];
  for (const [, end, name = '', empty, text] of xml.matchAll(/<(\/?)([^\s>/?!]+)[^>]*?(\/?)>|([^<]+)/g)) {
    const inner = open[open.length - 1] ?? root;
    if (text !== undefined) {
      inner.text += unescapeXml(text);
    } else if (end) {
      open.pop();
    } else {
      const element = { name, children: [], text: '' };
      inner.children.push(element);
      if (!empty) open.push(element);
    }
  }
  return root;
}

/** All elements of this name, at any depth. */
export function elements(within: XmlElement, name: string): XmlElement[] {
  return within.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...elements(child, name),
  ]);
}

/** The text of the child of this name; empty where there is none. */
export function textOf(within: XmlElement, name: string): string {
  return within.children.find((child) => child.name === name)?.text ?? '';
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hexadecimal, entity) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    return hexadecimal ? String.fromCodePoint(Number.parseInt(hexadecimal, 16)) : (ENTITIES[entity] ?? all);
  });
}
