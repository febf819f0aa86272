import { displaySymbol } from "./toBundle.ts";

export interface Markup {
  readonly text: string;
  toString(): string;
}

function tag(mime: string) {
  return (strings: TemplateStringsArray, ...values: unknown[]): Markup => {
    const text = String.raw(
      { raw: strings },
      ...values.map((value) => (Array.isArray(value) ? value.join("") : value)),
    );
    return { text, toString: () => text, [displaySymbol]: () => ({ [mime]: text }) } as Markup;
  };
}

/** A tagged template that is shown as HTML; values are put in as they are, arrays joined. */
export const html = tag("text/html");
/** A tagged template that is shown as Markdown. */
export const md = tag("text/markdown");
/** A tagged template that is shown as an SVG image. */
export const svg = tag("image/svg+xml");
