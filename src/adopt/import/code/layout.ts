import { columns } from './width';

/** How many columns a line has, as biome.json says. */
const LINE_WIDTH = 110;

/**
 * Code that may be laid out in more than one way: text without a line break in it (but for templates), and nodes that say
 * where lines may break. The rules by which they do are those of Biome's formatter.
 */
export type Layout = string | LayoutNode;

interface Breaks {
  /** There is a line break inside in any case: whatever is around it is broken, too. */
  readonly breaks: boolean;
}

type LayoutNode =
  | (Breaks & { readonly kind: 'parts'; readonly parts: readonly Layout[] })
  | (Breaks & { readonly kind: 'group'; readonly content: Layout })
  | (Breaks & { readonly kind: 'indent'; readonly content: Layout; readonly where?: Layout })
  | (Breaks & { readonly kind: 'choice'; readonly variants: readonly Layout[] })
  | (Breaks & { readonly kind: 'filled'; readonly items: readonly string[] })
  | (Breaks & { readonly kind: 'line'; readonly flat: string | undefined })
  | (Breaks & { readonly kind: 'broken'; readonly text: string })
  | (Breaks & { readonly kind: 'comment'; readonly text: string })
  | (Breaks & { readonly kind: 'beside'; readonly content: Layout; readonly comment: SideComment })
  | (Breaks & { readonly kind: 'beside-end'; readonly from: number; readonly comment: SideComment });

interface SideComment {
  readonly lines: readonly string[];
  /** Behind, however long it is. */
  readonly always: boolean;
}

/** Whether there is a line break in it in any case. */
export function breaksIn(layout: Layout): boolean {
  return typeof layout === 'string' ? layout.includes('\n') : layout.breaks;
}

/** A blank, or a line break where the group around is broken. */
export const LINE: Layout = { kind: 'line', flat: ' ', breaks: false };

/** Nothing, or a line break where the group around is broken. */
export const SOFT_LINE: Layout = { kind: 'line', flat: '', breaks: false };

/** A line break in any case. */
export const HARD_LINE: Layout = { kind: 'line', flat: undefined, breaks: true };

/** Breaks what is around. */
export const BREAK: Layout = { kind: 'parts', parts: [], breaks: true };

/** A comma where the group around is broken. */
export const TRAILING_COMMA: Layout = { kind: 'broken', text: ',', breaks: false };

/** One after the other. */
export function parts(...all: readonly Layout[]): Layout {
  return sequence(all);
}

/** One after the other, of any number: arguments are limited by the stack. */
export function sequence(all: readonly Layout[]): Layout {
  return { kind: 'parts', parts: all, breaks: all.some(breaksIn) };
}

/** One after the other, with something between them. */
export function joined(all: readonly Layout[], between: Layout): Layout {
  return sequence(all.flatMap((layout, index) => (index === 0 ? [layout] : [between, layout])));
}

/** All on one line where that fits, else broken at each line of its own. */
export function group(content: Layout, expanded = false): Layout {
  return { kind: 'group', content, breaks: expanded || breaksIn(content) };
}

/** What is on lines of its own in there stands two further right; with `where`, only if that group is broken. */
export function indent(content: Layout, where?: Layout): Layout {
  return { kind: 'indent', content, ...(where && { where }), breaks: breaksIn(content) };
}

/** The first variant whose first line fits, else the last. Breaks nothing around it by itself. */
export function choice(...variants: readonly Layout[]): Layout {
  return { kind: 'choice', variants, breaks: false };
}

/** Items with commas between them, as many on a line as fit. */
export function filled(items: readonly string[]): Layout {
  return { kind: 'filled', items, breaks: false };
}

/** A line comment: it takes no width. */
export function comment(text: string): Layout {
  return { kind: 'comment', text, breaks: true };
}

/** A comment behind the content where both fit on one line, else above it. */
export function beside(content: Layout, lines: readonly string[], always = false): Layout {
  return { kind: 'beside', content, comment: { lines, always }, breaks: true };
}

/** What is still to be printed. */
interface Task {
  readonly layout: Layout;
  readonly indent: number;
  readonly flat: boolean;
}

/** Lays code out. Its first line begins at the column `at`, what is on lines of its own stands at `indentation`. */
export function lay(layout: Layout, indentation: number, at = indentation): string {
  const printer = new Printer(at);
  printer.print({ layout, indent: indentation, flat: false });
  return printer.text;
}

class Printer {
  readonly #out: string[] = [];
  readonly #tasks: Task[] = [];
  /** Which groups were broken: what is indented by one asks. */
  readonly #broken = new Set<Layout>();
  #column: number;
  /** Whether it is known that what is laid out flat fits. A line break is the end of that. */
  #measured = false;

  constructor(column: number) {
    this.#column = column;
  }

  get text(): string {
    return this.#out.join('');
  }

  print(task: Task): void {
    this.#tasks.push(task);
    for (let next = this.#tasks.pop(); next; next = this.#tasks.pop()) this.#step(next);
  }

  #step({ layout, indent, flat }: Task): void {
    if (typeof layout === 'string') {
      this.#write(layout);
      return;
    }
    switch (layout.kind) {
      case 'parts':
        for (const part of [...layout.parts].reverse()) this.#tasks.push({ layout: part, indent, flat });
        break;
      case 'group': {
        const isFlat = !layout.breaks && ((flat && this.#measured) || this.#fitsFlat(layout.content, indent));
        if (!isFlat) this.#broken.add(layout);
        this.#tasks.push({ layout: layout.content, indent, flat: isFlat });
        break;
      }
      case 'indent': {
        const further = layout.where === undefined || this.#broken.has(layout.where);
        this.#tasks.push({ layout: layout.content, indent: further ? indent + 2 : indent, flat });
        break;
      }
      case 'choice':
        this.#tasks.push(this.#choose(layout.variants, indent, flat));
        break;
      case 'filled':
        this.#fill(layout.items, indent, flat);
        break;
      case 'line':
        if (flat && layout.flat !== undefined) this.#write(layout.flat);
        else this.#newLine(indent);
        break;
      case 'broken':
        if (!flat) this.#write(layout.text);
        break;
      case 'comment':
        this.#out.push(layout.text);
        break;
      case 'beside': {
        const end: Layout = { ...layout, kind: 'beside-end', from: this.#out.length };
        this.#tasks.push({ layout: end, indent, flat }, { layout: layout.content, indent, flat });
        break;
      }
      case 'beside-end':
        this.#placeBeside(layout.from, layout.comment, indent);
    }
  }

  #write(text: string): void {
    this.#out.push(text);
    const lineBreak = text.lastIndexOf('\n');
    if (lineBreak === -1) this.#column += columns(text);
    else {
      this.#column = columns(text.slice(lineBreak + 1));
      this.#measured = false;
    }
  }

  #newLine(indent: number): void {
    this.#out.push(`\n${' '.repeat(indent)}`);
    this.#column = indent;
    this.#measured = false;
  }

  #fill(items: readonly string[], indent: number, flat: boolean): void {
    items.forEach((item, index) => {
      const isLast = index === items.length - 1;
      const text = isLast ? item : `${item},`;
      const width = columns(text) + (isLast && !flat ? 1 : 0);
      if (index > 0 && !flat && this.#column + 1 + width > LINE_WIDTH) this.#newLine(indent);
      else if (index > 0) this.#write(' ');
      this.#write(text);
    });
  }

  #choose(variants: readonly Layout[], indent: number, flat: boolean): Task {
    const [first = '', ...others] = variants;
    if (flat && this.#measured) return { layout: first, indent, flat };
    this.#measured = true;
    const last = others.at(-1) ?? first;
    const fitting = variants
      .slice(0, -1)
      .find((variant) => this.#fits({ layout: variant, indent, flat: true }));
    return { layout: fitting ?? last, indent, flat: fitting !== undefined };
  }

  #placeBeside(from: number, { lines, always }: SideComment, indent: number): void {
    const [only = ''] = lines;
    const isOneLine = lines.length === 1 && !this.#out.slice(from).some((text) => text.includes('\n'));
    const fits = always || this.#column + 1 + columns(only) <= LINE_WIDTH;
    if (isOneLine && fits) this.#out.push(` ${only}`);
    else this.#out.splice(from, 0, lines.map((line) => `${line}\n${' '.repeat(indent)}`).join(''));
  }

  #fitsFlat(layout: Layout, indent: number): boolean {
    this.#measured = true;
    return this.#fits({ layout, indent, flat: true });
  }

  /** Whether everything up to the next line break fits, what comes after the task included. */
  #fits(task: Task): boolean {
    let column = this.#column;
    let rest = this.#tasks.length;
    const tasks: Task[] = [task];
    for (;;) {
      const next = tasks.pop() ?? this.#tasks[--rest];
      if (next === undefined) return true;
      const { layout, flat } = next;
      if (typeof layout === 'string') {
        const lineBreak = layout.indexOf('\n');
        column += columns(lineBreak === -1 ? layout : layout.slice(0, lineBreak));
        if (column > LINE_WIDTH) return false;
        if (lineBreak !== -1) return true;
        continue;
      }
      switch (layout.kind) {
        case 'parts':
          for (const part of [...layout.parts].reverse()) tasks.push({ ...next, layout: part });
          break;
        case 'group':
          tasks.push({ ...next, layout: layout.content, flat: flat && !layout.breaks });
          break;
        case 'indent':
        case 'beside':
          tasks.push({ ...next, layout: layout.content });
          break;
        case 'choice':
          tasks.push({ ...next, layout: (flat ? layout.variants[0] : layout.variants.at(-1)) ?? '' });
          break;
        case 'filled':
          // The lines of it that can be broken are between its items.
          if (!flat && layout.items.length > 1) tasks.push({ ...next, layout: HARD_LINE });
          tasks.push({ ...next, layout: (flat ? layout.items.join(', ') : layout.items[0]) ?? '' });
          break;
        case 'line':
          if (!flat || layout.flat === undefined) return true;
          tasks.push({ ...next, layout: layout.flat });
          break;
        case 'broken':
          if (!flat) tasks.push({ ...next, layout: layout.text });
          break;
      }
    }
  }
}
