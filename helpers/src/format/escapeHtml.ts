const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Text made safe to stand in HTML or SVG, as an element's content or an attribute's value.
 *
 * @example
 * import { escapeHtml } from "isoflop";
 * escapeHtml("a < b & c"); // => "a &lt; b &amp; c"
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}
