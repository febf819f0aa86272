import { displaySymbol } from "./toBundle.ts";

/** Text of a MIME type, shown as that type; `${…}` of another template takes it in as it is. */
export interface Markup {
  readonly text: string;
  toString(): string;
}

/** A tagged template. */
export type MarkupTag = (strings: TemplateStringsArray, ...values: unknown[]) => Markup;

function tag(mime: string): MarkupTag {
  return (strings, ...values) => {
    const text = String.raw(
      { raw: strings },
      ...values.map((value) => (Array.isArray(value) ? value.join("") : value)),
    );
    return { text, toString: () => text, [displaySymbol]: () => ({ [mime]: text }) } as Markup;
  };
}

/**
 * A tagged template that is shown as HTML; values are put in as they are, arrays joined: escape what you do not trust.
 */
export const html: MarkupTag = tag("text/html");
/** A tagged template that is shown as Markdown. */
export const md: MarkupTag = tag("text/markdown");
/** A tagged template that is shown as an SVG image. */
export const svg: MarkupTag = tag("image/svg+xml");
