import { type ClaimRecord, escapeHtml, type Verdict } from "isoflop";
import { fittedTable } from "../text/fittedTable.ts";
import { countVerdicts, verdicts } from "./claims.ts";
import type { IndexEntry } from "./entries/IndexEntry.ts";
import { Markdown } from "./Markdown.ts";
import { claimAnchor, claimsTable, countsHtml, countsText } from "./renderClaims.ts";
import { pageScript, renderPage } from "./renderPage.ts";
import { isoTime } from "./renderReport.ts";

/** What a verdict means, in a sentence or two. */
export const explanations: Readonly<Record<Verdict, string>> = {
  differs: "Our figure lies outside the tolerance. The note says why, as far as we know.",
  "not checkable": "What would be needed to check it is not public. The note says what is missing.",
  reproduced: "Our figure, computed from the published data, lies within the tolerance.",
};

/** The page over all reports: the scoreboard of claims, a card for each notebook, and every claim by its verdict. */
export function renderIndex(entries: readonly IndexEntry[], date: Date): string {
  const all = entries.flatMap(({ name, page = name, claims }) =>
    claims.map((claim) => ({ name, page, claim })),
  );
  const counts = countVerdicts(all.map(({ claim }) => claim));
  const failed = entries.filter(({ failure }) => failure !== undefined);
  const lead = `${entries.length === 1 ? "One notebook redoes the analyses of scaling-law papers on the figures they published, and sets" : `${entries.length} notebooks redo the analyses of scaling-law papers on the figures they published, and set`} each claim beside what came out.`;
  const failureText = failed.length
    ? `<p class="failure">✗ Not run to the end: ${failed.map(({ name }) => escapeHtml(name)).join(", ")}.</p>`
    : "";
  const sections = (["differs", "not checkable", "reproduced"] as const).map((verdict) => {
    const chosen = all.filter(({ claim }) => claim.verdict === verdict);
    if (chosen.length === 0) return "";
    const origins = new Map(chosen.map(({ claim, ...origin }) => [claim, origin]));
    const idCell = (claim: ClaimRecord) => {
      const { name, page } = origins.get(claim)!;
      return `<a href="${encodeURIComponent(page)}.html#${claimAnchor(claim.id)}">${escapeHtml(claim.id)}</a><br><span class="where">${escapeHtml(name)}</span>`;
    };
    const heading = `${verdict[0]!.toUpperCase()}${verdict.slice(1)}: ${chosen.length}`;
    return `<details class="verdict-list"${verdict === "reproduced" ? "" : " open"}><summary><h3 id="${verdict.replace(" ", "-")}">${heading}</h3></summary><p>${explanations[verdict]}</p>${claimsTable(
      chosen.map(({ claim }) => claim),
      idCell,
    )}</details>`;
  });
  const body = `<a class="skip" href="#content">Skip to the content</a>
<main id="content" class="index">
<p class="tools"><button type="button" data-action="theme" hidden>Dark</button></p>
<h1>Scaling-law papers, recomputed</h1>
<p class="lead">${lead}</p>
${countsHtml(counts)}${failureText}
<section aria-labelledby="notebooks"><h2 id="notebooks">Notebooks</h2><ul class="cards">${entries.map(card).join("\n")}</ul></section>
<section aria-labelledby="claims"><h2 id="claims">Claims by verdict</h2>
${sections.join("\n")}</section>
</main>
<footer><p>Written ${isoTime(date)}. The same claims as data: <a href="claims.json">claims.json</a>.</p></footer>`;
  return renderPage({
    title: "Scaling-law papers, recomputed",
    description: `${lead} ${countsText(counts)}.`,
    body,
    scripts: [pageScript()],
  });
}

function card(entry: IndexEntry): string {
  const { name, page = name, title, summary, claims, figures, seconds, failure, hasNoPage } = entry;
  const facts = [
    figures ? `${figures} ${figures === 1 ? "figure" : "figures"}` : "",
    seconds === undefined ? "" : `ran in ${seconds.toFixed(1)} s`,
  ].filter(Boolean);
  const problem = failure === undefined ? "" : `<p class="failure">✗ ${escapeHtml(failure)}</p>`;
  const heading = hasNoPage
    ? escapeHtml(title)
    : `<a href="${encodeURIComponent(page)}.html">${escapeHtml(title)}</a>`;
  return `<li class="card"><h3>${heading}</h3><p class="summary">${new Markdown().renderInline(summary)}</p>${problem}${countsHtml(countVerdicts(claims))}<p class="facts">${facts.join(", ")}</p></li>`;
}

/**
 * The scoreboard for a terminal: a row a notebook, a column a verdict.
 *
 * @param entries what came of each notebook
 * @param width columns of the terminal, where the table shall be no wider
 *
 * @example
 * import { scoreboardText } from "isoflop-kernel/report";
 * const entry = { name: "a", title: "A", summary: "", claims: [], figures: 0, seconds: 1.25 };
 * scoreboardText([entry]).split("\n").length; // => 5
 */
export function scoreboardText(entries: readonly IndexEntry[], width = Number.POSITIVE_INFINITY): string {
  const header = ["notebook", ...verdicts, "seconds", ""];
  const rows = entries.map(({ name, claims, seconds, failure }) => {
    const counts = countVerdicts(claims);
    return [
      name,
      ...verdicts.map((verdict) => String(counts[verdict])),
      seconds?.toFixed(1) ?? "–",
      failure ? "FAILED" : "",
    ];
  });
  const total = countVerdicts(entries.flatMap(({ claims }) => claims));
  const sum = ["total", ...verdicts.map((verdict) => String(total[verdict])), "", ""];
  const table = [header, ...rows, sum];
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("  ")
      .trimEnd();
  const rule = "-".repeat(line(header).length);
  if (rule.length > width || rows.some((row) => line(row).length > width))
    return fittedTable(header, [...rows, sum], { width });
  return [line(header), rule, ...rows.map(line), rule, line(sum)].join("\n");
}
