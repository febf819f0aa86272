import { namedCharacters } from "./htmlText.ts";

const namespace = 'xmlns="http://www.w3.org/2000/svg"';
const links = 'xmlns:xlink="http://www.w3.org/1999/xlink"';

/** Everything before the root element: declaration, doctype, comments. */
const beforeRoot = /^(?:\s|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>)*/i;
const attributes = /^<svg\b(?:[^>"']|"[^"]*"|'[^']*'){0,10000}>/i;

/** What XML cannot hold however it is written: most control characters, and halves of surrogate pairs. */
const outsideXml =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** A sign & that begins nothing which XML knows; HTML knows more names. */
const bareAmpersand = /&(?!#\d{1,7};|#x[\da-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(?:([a-zA-Z]\w{1,30});)?/g;

/**
 * An SVG picture that stands alone: a page draws `<svg>` without its namespace, a front end that makes an image of it
 * draws nothing, as of one with a name of HTML (`&nbsp;`), a bare & or a character that XML does not allow. Text that is no
 * SVG is left as it is.
 */
export function mendSvg(given: string): string {
  const text = given.replace(outsideXml, "\ufffd");
  const [before] = beforeRoot.exec(text) as unknown as [string];
  const body = text.slice(before.length);
  const [root] = attributes.exec(body) ?? [];
  if (root === undefined) return given;
  // It may declare names of its own, and within CDATA the sign is a sign.
  const isPlain = !/<!DOCTYPE/i.test(before) && !body.includes("<![CDATA[");
  const rest = isPlain ? body.replace(bareAmpersand, asXml) : body;
  const missing = [
    ...(/\sxmlns\s*=/.test(root) ? [] : [namespace]),
    ...(/\bxlink:/.test(rest) && !/\sxmlns:xlink\s*=/.test(root) ? [links] : []),
  ];
  // A declaration that is not the very first is an error in XML.
  const trimmed = before.trimStart();
  if (missing.length === 0) return trimmed + rest;
  return `${trimmed}<svg ${missing.join(" ")}${rest.slice(4)}`;
}

function asXml(whole: string, name?: string): string {
  if (name === "nbsp") return "\u00a0";
  return name && Object.hasOwn(namedCharacters, name)
    ? (namedCharacters[name] as string)
    : `&amp;${whole.slice(1)}`;
}
