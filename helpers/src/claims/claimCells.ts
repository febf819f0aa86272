import { sideStyle } from "../format/columnSides.ts";
import { escapeHtml } from "../format/escapeHtml.ts";
import { formatNumber } from "../format/formatNumber.ts";
import { formatPercent } from "../format/formatPercent.ts";
import type { ClaimRecord, Tolerance, Verdict } from "./ClaimRecord.ts";
import { formatClaimValue } from "./formatClaimValue.ts";

export const claimColumns = ["claim", "source", "published", "ours", "tolerance", "verdict", "note"] as const;

// The symbol stands beside the word, so a verdict never rests on colour alone.
const symbols: Record<Verdict, string> = { reproduced: "✓", differs: "≠", "not checkable": "○" };

const formatTolerance = (tolerance: Tolerance | null): string => {
  if (tolerance === null) return "–";
  return typeof tolerance === "number"
    ? `±${formatPercent(tolerance)}`
    : `±${formatNumber(tolerance.absolute)}`;
};

/** A claim's row as text, in the order of `claimColumns`. */
export function claimCells(claim: ClaimRecord): string[] {
  return [
    claim.id,
    claim.source,
    formatClaimValue(claim.published),
    formatClaimValue(claim.reproduced, claim.published),
    formatTolerance(claim.tolerance),
    `${symbols[claim.verdict]} ${claim.verdict}`,
    claim.note,
  ];
}

/** Claims as one HTML table with a header row; no style or script of its own. */
export function claimsHtml(claims: readonly ClaimRecord[]): string {
  const left = sideStyle("left");
  const head = claimColumns.map((name) => `<th scope="col"${left}>${name}</th>`).join("");
  const body = claims.map((claim) => {
    const [id, ...rest] = claimCells(claim).map(escapeHtml);
    const cells = rest.map((cell) => `<td${left}>${cell}</td>`).join("");
    const verdict = claim.verdict.replace(" ", "-");
    return `<tr class="claim claim-${verdict}"><th scope="row"${left}>${id}</th>${cells}</tr>`;
  });
  return `<table class="claims"><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}
