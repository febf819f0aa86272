import { type ClaimRecord, claimMimeType, type Verdict } from "isoflop";
import type { Notebook, Output } from "../notebook/Notebook.ts";

export const verdicts: readonly Verdict[] = ["reproduced", "differs", "not checkable"];

/** The claims an output carries: one, or a table of them. */
export function claimsOf(output: Output): ClaimRecord[] {
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return [];
  const data = output.data[claimMimeType];
  if (data === undefined) return [];
  return (Array.isArray(data) ? data : [data]).map(checkRecord);
}

/**
 * All claims of a notebook in its order. The same claim may be shown again, in a table at the end for example.
 *
 * @throws RangeError when one id stands for two different claims
 */
export function collectClaims(notebook: Notebook): ClaimRecord[] {
  const byId = new Map<string, ClaimRecord>();
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code") continue;
    for (const claim of cell.outputs.flatMap(claimsOf)) {
      const earlier = byId.get(claim.id);
      if (earlier && JSON.stringify(earlier) !== JSON.stringify(claim)) {
        throw new RangeError(
          `cell ${index + 1} has a second claim with the id "${claim.id}" and other content; an id names one claim, give it another`,
        );
      }
      byId.set(claim.id, claim);
    }
  }
  return [...byId.values()];
}

export type VerdictCounts = Record<Verdict, number>;

export function countVerdicts(claims: readonly ClaimRecord[]): VerdictCounts {
  const counts: VerdictCounts = { reproduced: 0, differs: 0, "not checkable": 0 };
  for (const { verdict } of claims) counts[verdict] += 1;
  return counts;
}

function checkRecord(data: unknown): ClaimRecord {
  const {
    id,
    source,
    published,
    reproduced = null,
    tolerance = null,
    verdict,
    note = "",
    evidence,
  } = (data ?? {}) as ClaimRecord;
  if (typeof id !== "string" || typeof source !== "string" || !verdicts.includes(verdict)) {
    const text = JSON.stringify(data)?.slice(0, 200);
    throw new TypeError(
      `an output of type ${claimMimeType} must have id, source and one of the verdicts ${verdicts.join(", ")}, got ${text}`,
    );
  }
  const wrong = [
    isShown(published) ? "" : "published",
    reproduced === null || isShown(reproduced) ? "" : "reproduced",
    isTolerance(tolerance) ? "" : "tolerance",
    typeof note === "string" ? "" : "note",
  ].filter(Boolean);
  if (wrong.length > 0) {
    throw new TypeError(
      `the claim ${JSON.stringify(id)} has a ${wrong.join(" and a ")} that cannot be shown; published and reproduced are numbers or words, tolerance a number or { "absolute": number }, note is text; got ${JSON.stringify(data).slice(0, 200)}`,
    );
  }
  const record = { id, source, published, reproduced, tolerance, verdict, note };
  return evidence === undefined ? record : { ...record, evidence };
}

const isShown = (value: unknown) => typeof value === "number" || typeof value === "string";

function isTolerance(value: unknown): boolean {
  if (value === null || typeof value === "number") return true;
  return typeof value === "object" && typeof (value as { absolute?: unknown }).absolute === "number";
}
