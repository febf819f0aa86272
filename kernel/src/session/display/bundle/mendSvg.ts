const namespace = 'xmlns="http://www.w3.org/2000/svg"';
const links = 'xmlns:xlink="http://www.w3.org/1999/xlink"';

/** Everything before the root element: declaration, doctype, comments. */
const beforeRoot = /^(?:\s|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>)*/i;
const attributes = /^<svg\b(?:[^>"']|"[^"]*"|'[^']*'){0,10000}>/i;

/**
 * An SVG picture that stands alone: a page draws `<svg>` without its namespace, a front end that makes an image of it
 * draws nothing. Text that is no SVG is left as it is.
 */
export function mendSvg(text: string): string {
  const [before] = beforeRoot.exec(text) as unknown as [string];
  const rest = text.slice(before.length);
  const [root] = attributes.exec(rest) ?? [];
  if (root === undefined) return text;
  const missing = [
    ...(/\sxmlns\s*=/.test(root) ? [] : [namespace]),
    ...(/\bxlink:/.test(rest) && !/\sxmlns:xlink\s*=/.test(root) ? [links] : []),
  ];
  // A declaration that is not the very first is an error in XML.
  const trimmed = before.trimStart();
  if (missing.length === 0) return trimmed + rest;
  return `${trimmed}<svg ${missing.join(" ")}${rest.slice(4)}`;
}
