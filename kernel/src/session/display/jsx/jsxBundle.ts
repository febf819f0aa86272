import { escapeHtml } from "../escapeHtml.ts";
import { elementKind, isElementList } from "./elementKind.ts";
import { rendererOf } from "./renderers.ts";

/**
 * What JSX makes, as HTML; where nothing is installed that renders it, in words what to install. Undefined for any other
 * value. An error of a component is the caller's, as any error of a cell.
 */
export function jsxBundle(value: object): Record<string, unknown> | undefined {
  if (!isJsx(value)) return undefined;
  const markup = markupOf(value);
  if (typeof markup === "string") return { "text/html": markup };
  return { "text/plain": `${nameOf(value)}\n${markup.missing}` };
}

/** The same as markup within other HTML, where it can be rendered. */
export function jsxMarkup(value: object): string | undefined {
  const markup = isJsx(value) ? markupOf(value) : undefined;
  if (markup === undefined || typeof markup === "string") return markup;
  return escapeHtml(nameOf(value));
}

/** A proxy or a getter may throw when asked. */
function isJsx(value: object): boolean {
  try {
    return elementKind(value) !== undefined || isElementList(value);
  } catch {
    return false;
  }
}

function markupOf(value: unknown): string | { missing: string } {
  if (Array.isArray(value)) {
    let html = "";
    for (const each of value) {
      const markup = markupOf(each);
      if (typeof markup !== "string") return markup;
      html += markup;
    }
    return html;
  }
  const kind = elementKind(value);
  if (kind === undefined) return isNothing(value) ? "" : escapeHtml(String(value));
  const render = rendererOf(kind);
  return typeof render === "function" ? render(value) : render;
}

const isNothing = (value: unknown) => value === undefined || value === null || typeof value === "boolean";

/** `<div>` of an element, `<Chart>` of a component's. */
function nameOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length} elements`;
  const { type } = value as { type?: unknown };
  const { displayName, name } = (typeof type === "function" ? type : {}) as {
    displayName?: unknown;
    name?: unknown;
  };
  const shown = [type, displayName, name].find((each) => typeof each === "string" && each !== "");
  return `${elementKind(value) === "preact" ? "Preact" : "React"} element <${shown ?? ""}>`;
}
