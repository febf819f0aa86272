import { escapeHtml } from "./escapeHtml.ts";
import { jsxMarkup } from "./jsx/jsxBundle.ts";
import { displaySymbol } from "./toBundle.ts";

/** Text of a MIME type, shown as that type; `${…}` of another template takes it in as it is. */
export interface Markup {
  readonly text: string;
  toString(): string;
}

/** A tagged template. */
export type MarkupTag = (strings: TemplateStringsArray, ...values: unknown[]) => Markup;

/** A tagged template whose values are escaped, and a way around that for text one trusts. */
export interface EscapingTag extends MarkupTag {
  /** Text that is put in, and shown, as it is. */
  raw(text: string): Markup;
}

/** Known by who made it: an object that only looks like markup is text like any other. */
const made = new WeakMap<object, string>();

function markup(mime: string, text: string): Markup {
  const value = { text, toString: () => text, [displaySymbol]: () => ({ [mime]: text }) };
  made.set(value, mime);
  return value;
}

function join(strings: TemplateStringsArray, values: readonly unknown[], write: (value: unknown) => string) {
  if (!Array.isArray(strings)) {
    throw new TypeError(
      "html, svg and md are tags of templates: write html`<b>…</b>`; a text that is markup already is shown by display.html(text), display.svg or display.md",
    );
  }
  let text = strings[0] ?? strings.raw[0] ?? "";
  for (let at = 0; at < values.length; at++)
    text += write(values[at]) + (strings[at + 1] ?? strings.raw[at + 1]);
  return text;
}

function escaping(mime: string): EscapingTag {
  const tag: MarkupTag = (strings, ...values) => markup(mime, join(strings, values, asMarkup));
  return Object.assign(tag, { raw: (text: string) => markup(mime, String(text)) });
}

const isMarkup = (mime: string | undefined) => mime === "text/html" || mime === "image/svg+xml";

/** A value inside of HTML or SVG. */
function asMarkup(value: unknown): string {
  // So that `${found && html`…`}` is nothing where nothing was found.
  if (value === undefined || value === null || value === false) return "";
  if (typeof value !== "object") return escapeHtml(String(value));
  if (isMarkup(made.get(value))) return (value as Markup).text;
  const jsx = jsxMarkup(value);
  if (jsx !== undefined) return jsx;
  if (isSequence(value)) return Array.from(value, (each) => asMarkup(each)).join("");
  return ownMarkup(value) ?? escapeHtml(String(value));
}

/** A list, a set, or what a generator or `map.values()` gives: not everything that can be iterated is meant to be. */
function isSequence(value: object): value is Iterable<unknown> {
  if (Array.isArray(value) || value instanceof Set) return true;
  const { next, [Symbol.iterator]: iterate } = value as { next?: unknown; [Symbol.iterator]?: unknown };
  return typeof next === "function" && typeof iterate === "function";
}

/** What a value itself shows as HTML or SVG: a figure, an element of a DOM. */
function ownMarkup(value: object): string | undefined {
  const { [displaySymbol]: show, outerHTML } = value as { [displaySymbol]?: unknown; outerHTML?: unknown };
  if (typeof show === "function") {
    const bundle = (show.call(value) ?? {}) as Record<string, unknown>;
    const found = bundle["text/html"] ?? bundle["image/svg+xml"];
    if (typeof found === "string") return found;
  }
  return typeof outerHTML === "string" ? outerHTML : undefined;
}

/**
 * A tagged template that is shown as HTML. Values are text, in which `<` is a sign and no tag, but for what another
 * template, `html.raw(text)` or a value that shows itself as HTML made; arrays, Sets and iterators are joined; `undefined`, `null`
 * and `false` are nothing.
 */
export const html: EscapingTag = escaping("text/html");
/** The same for an SVG image. */
export const svg: EscapingTag = escaping("image/svg+xml");
/** A tagged template that is shown as Markdown; values are put in as they are, arrays joined. */
export const md: MarkupTag = (strings, ...values) =>
  markup(
    "text/markdown",
    join(strings, values, (value) => (Array.isArray(value) ? value.join("") : String(value))),
  );
