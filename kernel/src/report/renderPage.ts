import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { escapeHtml } from "isoflop";
import { mathsStyles } from "./maths.ts";

export interface Page {
  title: string;
  /** One sentence for search engines and link previews. */
  description: string;
  /** Content of the body. */
  body: string;
  scripts: readonly string[];
}

/**
 * A whole HTML page that asks nothing of anybody: styles, fonts, scripts and data are inside, and the content
 * security policy allows only the scripts whose hashes it lists. An injected script or handler does not run.
 */
export function renderPage({ title, description, body, scripts }: Page): string {
  const hashes = scripts.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  const policy = [
    "default-src 'none'",
    "img-src data: blob:",
    "font-src data:",
    // KaTeX and Plotly set styles on elements; a style can neither run nor, with the lines above, load anything.
    "style-src 'unsafe-inline'",
    `script-src ${hashes.join(" ") || "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(description)}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${icon}">
<style>${mathsStyles(body)}${pageStyles()}</style>
</head>
<body>
${body}
${scripts.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}

// Without an icon of its own a page makes browsers ask the server for one.
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 3q6 18 12 0' fill='none' stroke='%230072B2' stroke-width='2.5' stroke-linecap='round'/%3E%3C/svg%3E";

const asset = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

const pageStyles = () => asset("../../assets/report.css");

/** The script of every page: draws figures, switches theme and code. */
export const pageScript = () => inScript(asset("../../dist/browser/page.js"));

/** A kind of panel with the helpers that it calls, for pages that compute where they are read; none for unknown kinds. */
export function widgetScripts(names: ReadonlySet<string>): string[] {
  return ["refit", "memory", "serving"]
    .filter((name) => names.has(name))
    .map((name) => inScript(asset(`../../dist/browser/${name}Widget.js`)));
}

/** Plotly's browser bundle, for pages with figures. */
export const plotlyScript = () =>
  inScript(readFileSync(createRequire(import.meta.url).resolve("plotly.js-cartesian-dist-min"), "utf8"));

/** A script element ends at the first closing tag, be it inside a string. */
const inScript = (code: string) => code.replaceAll(/<\/(script)/gi, "<\\/$1");
