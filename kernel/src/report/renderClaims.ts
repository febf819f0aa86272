import {
  type ClaimRecord,
  escapeHtml,
  formatClaimValue,
  formatNumber,
  formatPercent,
  type Tolerance,
  type Verdict,
} from "isoflop";
import { countVerdicts, type VerdictCounts, verdicts } from "./claims.ts";

// The sign and the word carry the verdict; colour only repeats it.
const signs: Record<Verdict, string> = { reproduced: "✓", differs: "≠", "not checkable": "○" };
const className = (verdict: Verdict) => verdict.replace(" ", "-");

export function claimAnchor(id: string): string {
  return `claim-${encodeURIComponent(Buffer.from(id).toString()).replaceAll("%", "_")}`;
}

export function verdictHtml(verdict: Verdict): string {
  return `<span class="verdict ${className(verdict)}"><span aria-hidden="true">${signs[verdict]}</span> ${verdict}</span>`;
}

export function formatTolerance(tolerance: Tolerance | null): string {
  if (tolerance === null) return "–";
  if (typeof tolerance === "number") return tolerance === 0 ? "exact" : `±${formatPercent(tolerance)}`;
  return tolerance.absolute === 0 ? "exact" : `±${formatNumber(tolerance.absolute)}`;
}

const value = (claim: ClaimRecord, key: "published" | "reproduced") =>
  escapeHtml(
    key === "published"
      ? formatClaimValue(claim.published)
      : formatClaimValue(claim.reproduced, claim.published),
  );
const isNumber = (claim: ClaimRecord) => (typeof claim.published === "number" ? ' class="number"' : "");

/** "9 of 12 reproduced, 2 differ, 1 not checkable" */
export function countsText(counts: VerdictCounts): string {
  const total = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  if (total === 0) return "no claims";
  const parts = [`${counts.reproduced} of ${total} reproduced`];
  if (counts.differs) parts.push(`${counts.differs} ${counts.differs === 1 ? "differs" : "differ"}`);
  if (counts["not checkable"]) parts.push(`${counts["not checkable"]} not checkable`);
  return parts.join(", ");
}

/** A bar of the verdicts' shares with the counts in words beneath; the words are what a screen reader reads. */
export function countsHtml(counts: VerdictCounts): string {
  const segments = verdicts
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `<span class="${className(verdict)}" style="flex-grow:${counts[verdict]}"></span>`);
  const bar = segments.length ? `<span class="bar" aria-hidden="true">${segments.join("")}</span>` : "";
  return `<div class="counts">${bar}<span class="counts-text">${countsText(counts)}</span></div>`;
}

/** The table of claims on top of a page; each row leads to the place where the claim is checked. */
export function claimsSection(claims: readonly ClaimRecord[]): string {
  if (claims.length === 0) return "";
  return `<section class="claims" aria-labelledby="claims"><h2 id="claims">Claims checked <a class="anchor" href="#claims" aria-label="Link to: Claims checked">#</a></h2>
${countsHtml(countVerdicts(claims))}
${claimsTable(claims, (claim) => `<a href="#${claimAnchor(claim.id)}">${escapeHtml(claim.id)}</a>`)}</section>`;
}

/** Claims where the notebook shows them: each row is the target of its link in the table on top. */
export function claimsInPlace(claims: readonly ClaimRecord[], anchored: Set<string>): string {
  // A claim may be shown alone and again in a table; the first place is the target.
  const anchor = ({ id }: ClaimRecord) => {
    if (anchored.has(id)) return "";
    anchored.add(id);
    return ` id="${claimAnchor(id)}"`;
  };
  if (claims.length > 1)
    return claimsTable(claims, (claim) => `<span${anchor(claim)}>${escapeHtml(claim.id)}</span>`);
  const [claim] = claims;
  if (!claim) return "";
  const cell = (name: string, content: string) => `<div><dt>${name}</dt><dd>${content}</dd></div>`;
  return `<section class="claim ${className(claim.verdict)}"${anchor(claim)} aria-label="Claim ${escapeHtml(claim.id)}">
<p class="claim-head">${verdictHtml(claim.verdict)} <span class="claim-id">${escapeHtml(claim.id)}</span> <cite>${escapeHtml(claim.source)}</cite></p>
<dl>${cell("published", value(claim, "published"))}${cell("ours", value(claim, "reproduced"))}${cell("tolerance", formatTolerance(claim.tolerance))}</dl>
${claim.note ? `<p class="note">${escapeHtml(claim.note)}</p>` : ""}</section>`;
}

export function claimsTable(claims: readonly ClaimRecord[], idCell: (claim: ClaimRecord) => string): string {
  const rows = claims.map((claim) => {
    const note = claim.note ? `<p class="note">${escapeHtml(claim.note)}</p>` : "";
    const number = isNumber(claim);
    const values = `<td${number}>${value(claim, "published")}</td><td${number}>${value(claim, "reproduced")}</td>`;
    return `<tr><th scope="row">${idCell(claim)}</th><td>${verdictHtml(claim.verdict)}</td>${values}<td class="number">${formatTolerance(claim.tolerance)}</td><td>${escapeHtml(claim.source)}${note}</td></tr>`;
  });
  // The verdict comes first: on a phone the columns at the end are reached by scrolling.
  const head = ["claim", "verdict", "published", "ours", "tolerance", "where the paper makes it"];
  return `<div class="scroll" tabindex="0" role="region" aria-label="Table of claims"><table class="claims-table"><thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead><tbody>
${rows.join("\n")}
</tbody></table></div>`;
}
