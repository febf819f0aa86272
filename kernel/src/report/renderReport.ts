import { type ClaimRecord, escapeHtml } from "isoflop";
import type { CellFailure } from "../notebook/executeNotebook.ts";
import type { Cell, Notebook } from "../notebook/Notebook.ts";
import { inOneLine } from "../text/inOneLine.ts";
import { collectClaims } from "./claims.ts";
import { highlightCode } from "./highlightCode.ts";
import { type Heading, Markdown } from "./Markdown.ts";
import type { Provenance } from "./provenance.ts";
import { claimsSection } from "./renderClaims.ts";
import { type OutputContext, renderOutput } from "./renderOutput.ts";
import { pageScript, plotlyScript, renderPage, widgetScripts } from "./renderPage.ts";

/** An executed notebook, and what its page says of the run. */
export interface ReportInput {
  notebook: Notebook;
  /** File name without ".ipynb"; the page is `NAME.html`. */
  name: string;
  /** The file's whole name, for the foot of the page; by default NAME.ipynb. */
  file?: string;
  /** Cells that failed; the page says so on top. */
  failures: readonly CellFailure[];
  /** What the result depended on, for the foot of the page. */
  provenance: Provenance;
  /** Run time of the notebook; undefined when it was rendered as it was. */
  seconds?: number;
  /** When it was run. */
  date: Date;
  /** Whether `index.html` stands beside. */
  hasIndex: boolean;
}

/** A page, and what an index says of it. */
export interface Report {
  /** The page: one file that asks for no other. */
  html: string;
  /** The first heading; without one the notebook's title or name. */
  title: string;
  /** The verdict of the first cell, or else its first paragraph, in Markdown. */
  summary: string;
  /** Every claim in the outputs, in order. */
  claims: ClaimRecord[];
  /** How many figures it shows. */
  figures: number;
}

/**
 * An executed notebook as one self-contained HTML page: claims with their verdict on top, contents, folded code.
 *
 * @throws RangeError when two claims share an id
 *
 * @example
 * import { renderReport } from "isoflop-kernel/report";
 * import { parseNotebook } from "isoflop-kernel/runner";
 * const cell = { cell_type: "markdown", id: "a", metadata: {}, source: "# Finding\n\nIt holds." };
 * const notebook = parseNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }));
 * const provenance = { packages: {}, node: "v22", platform: "linux" };
 * const report = renderReport({ notebook, name: "a", failures: [], provenance, date: new Date(), hasIndex: false });
 * report.title; // => "Finding"
 * report.summary; // => "It holds."
 */
export function renderReport(input: ReportInput): Report {
  const { notebook, name, failures } = input;
  const claims = collectClaims(notebook);
  const markdown = new Markdown();
  const context: OutputContext = { markdown, figures: 0, widgets: new Set(), anchored: new Set() };
  const { language_info, kernelspec } = notebook.metadata;
  // The schema leaves open what a kernelspec has besides its names.
  const language = String(language_info?.name ?? kernelspec?.language ?? "typescript");
  const failed = new Set(failures.map(({ index }) => index));
  const cells = notebook.cells.map((cell, index) =>
    renderCell(cell, index, { context, language, failed: failed.has(index) }),
  );
  // The first cell says what the paper claims; what came of it follows at once.
  const introduction = notebook.cells[0]?.cell_type === "markdown" ? cells.shift()! : "";
  const title = markdown.headings.find(({ level }) => level === 1)?.text ?? notebook.metadata.title ?? name;
  const summary = summaryOf(notebook) ?? title;
  const claimsHeading: Heading[] = claims.length
    ? [{ level: 2, id: "claims", html: "Claims checked", text: "" }]
    : [];
  const headings = [...claimsHeading, ...markdown.headings.filter(({ level }) => level === 2 || level === 3)];
  const titleHtml = introduction.includes("<h1") ? "" : `<h1>${escapeHtml(title)}</h1>`;
  const body = `<a class="skip" href="#content">Skip to the content</a>
<div class="layout">
${contentsNav(headings, input.hasIndex)}
<main id="content">
${titleHtml}${introduction}
${failureNotice(failures)}${claimsSection(claims)}
${cells.join("\n")}
</main>
</div>
${footer(input)}`;
  const scripts = [
    ...(context.figures > 0 ? [plotlyScript()] : []),
    pageScript(),
    ...widgetScripts(context.widgets),
  ];
  return {
    html: renderPage({ title, description: plainText(summary), body, scripts }),
    title,
    summary,
    claims,
    figures: context.figures,
  };
}

interface CellContext {
  context: OutputContext;
  language: string;
  failed: boolean;
}

function renderCell(cell: Cell, index: number, { context, language, failed }: CellContext): string {
  if (cell.cell_type === "markdown")
    return `<div class="markdown">${context.markdown.render(cell.source, cell.attachments)}</div>`;
  if (cell.cell_type === "raw") return `<pre class="raw" tabindex="0">${escapeHtml(cell.source)}</pre>`;
  const outputs = cell.outputs.map((output) => renderOutput(output, context)).join("\n");
  if (cell.source.trim() === "" && outputs === "") return "";
  const lines = cell.source.trimEnd().split("\n").length;
  // A failed cell's code is what the reader needs first, so it is open.
  const code = `<details class="code"${failed ? " open" : ""}><summary>Code <span class="lines">cell ${index + 1}, ${lines} ${lines === 1 ? "line" : "lines"}</span></summary><pre tabindex="0"><code class="hljs">${highlightCode(cell.source.trimEnd(), language)}</code></pre></details>`;
  return `<section class="cell${failed ? " failed" : ""}" id="cell-${index + 1}" aria-label="Cell ${index + 1}">${code}${outputs}</section>`;
}

function contentsNav(headings: readonly Heading[], hasIndex: boolean): string {
  const items = headings.map(
    ({ level, id, html }) => `<li class="level-${level}"><a href="#${id}">${html}</a></li>`,
  );
  const up = hasIndex ? '<p class="up"><a href="index.html">All reports</a></p>' : "";
  return `<div class="side">${up}<nav aria-label="Contents"><ol>${items.join("")}</ol></nav>
<p class="tools"><button type="button" data-action="code" aria-pressed="false" hidden>Show all code</button> <button type="button" data-action="theme" hidden>Dark</button></p></div>`;
}

function failureNotice(failures: readonly CellFailure[]): string {
  if (failures.length === 0) return "";
  const items = failures.map(
    ({ index, ename, evalue }) =>
      `<li><a href="#cell-${index + 1}">Cell ${index + 1}</a>: ${escapeHtml(ename)}: ${escapeHtml(inOneLine(evalue))}</li>`,
  );
  return `<div class="failure" role="alert"><p><strong>${failures.length === 1 ? "A cell" : "Cells"} of this notebook failed.</strong> What is below ${failures.length === 1 ? "it" : "them"} may be missing or stale.</p><ul>${items.join("")}</ul></div>`;
}

function footer({ provenance, seconds, date, name, file = `${name}.ipynb` }: ReportInput): string {
  const rows: [string, string | undefined][] = [
    ["notebook", file],
    [
      "run",
      seconds === undefined ? "as the notebook was saved" : `${isoTime(date)}, ${seconds.toFixed(1)} s`,
    ],
    [
      "packages",
      Object.entries(provenance.packages)
        .map((pair) => pair.join(" "))
        .join(", ") || undefined,
    ],
    ["Node.js", `${provenance.node}, ${provenance.platform}`],
    ["dataset tables", provenance.datasetsSha256 && `sha256 ${provenance.datasetsSha256.slice(0, 16)}`],
    ["commit", provenance.commit],
  ];
  const items = rows
    .filter((row): row is [string, string] => row[1] !== undefined)
    .map(([term, text]) => `<div><dt>${term}</dt><dd>${escapeHtml(text)}</dd></div>`);
  return `<footer><h2>How this page was made</h2><dl>${items.join("")}</dl></footer>`;
}

export const isoTime = (date: Date) => `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/**
 * What the notebook's card in the index says: its verdict, the paragraph that opens with "**Verdict.**", or else its
 * first text that is no heading, table or formula.
 */
function summaryOf({ cells }: Notebook): string | undefined {
  const first = cells.find((cell) => cell.cell_type === "markdown");
  const blocks = (first?.source ?? "")
    .split(/\n\s*\n/)
    .map((block) => block.replace(/^#.*\n?/, "").trim())
    .filter(Boolean);
  const verdict = blocks.find((block) => block.startsWith("**Verdict.**"));
  if (verdict) return verdict.replace("**Verdict.**", "").replace(/\s+/g, " ").trim();
  const isList = (block = "") => /^([-*]|\d+\.) /.test(block);
  const start = blocks.findIndex((block) => !isList(block) && !/^(\||>|\$\$)/.test(block));
  if (start < 0) return undefined;
  // "Three papers claim:" says nothing without the list that it opens.
  const [text, list] = [blocks[start]!, blocks[start + 1]];
  const whole = isList(list) ? `${text}\n${list}` : text;
  return whole.replace(/\n\s*(?:[-*]|\d+\.) /g, "\n").replace(/\s*\n\s*/g, " ");
}

const plainText = (markdown: string) =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`$\\]/g, "")
    .replace(/\s+/g, " ");
