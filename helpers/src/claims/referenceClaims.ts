import { type Claim, claim } from "./claim.ts";

/** A row of `trainingReferenceFits` from isoflop-datasets. */
export interface ReferenceFit {
  readonly fitId: string;
  readonly quantity: string;
  /** What the paper prints, as text. */
  readonly published?: string | undefined;
  /** The independent recomputation. */
  readonly reproduced: number;
  readonly relativeTolerance: number;
  /** Where the paper prints it. */
  readonly source: string;
  readonly note?: string | undefined;
}

/**
 * Sets our results of one fit beside an independent recomputation of the same fit (numpy and scipy), one claim a
 * quantity, with the recomputation's own tolerance. What the paper prints stands in the note. A quantity without a
 * result of ours becomes "not checkable" with the reason given for it.
 *
 * @param rows the table of recomputed results
 * @param results ours by quantity; a string is the reason why there is none
 * @throws RangeError when the fit is unknown, or a quantity is missing or unknown
 *
 * @example
 * import { referenceClaims } from "isoflop";
 * import { trainingReferenceFits } from "isoflop-datasets";
 * const [rate] = referenceClaims(trainingReferenceFits(), "power_eq5", { "eta_opt(T=10e12,B=1024)": 0.001104 });
 * rate?.verdict; // => "reproduced"
 */
export function referenceClaims(
  rows: readonly ReferenceFit[],
  fitId: string,
  results: Readonly<Record<string, number | string>>,
): Claim[] {
  const fits = rows.filter((row) => row.fitId === fitId);
  if (fits.length === 0) {
    throw new RangeError(
      `no reference fit is called ${fitId}; there are ${[...new Set(rows.map((row) => row.fitId))].join(", ")}`,
    );
  }
  const known = fits.map((row) => row.quantity);
  const unknown = Object.keys(results).filter((name) => !known.includes(name));
  const missing = known.filter((name) => !Object.hasOwn(results, name) || results[name] === undefined);
  if (unknown.length + missing.length > 0) {
    throw new RangeError(
      `${fitId} has the quantities ${known.join(", ")}; missing: ${missing.join(", ") || "none"}, unknown: ${unknown.join(", ") || "none"}`,
    );
  }
  return fits.map((row) => {
    const ours = results[row.quantity]!;
    const printed = row.published === undefined ? "" : `printed: ${row.published} (${row.source})`;
    const common = {
      id: `python-${fitId}-${row.quantity}`,
      source: "recomputed in Python (numpy, scipy) from the same data",
      published: row.reproduced,
    };
    if (typeof ours === "string") return claim({ ...common, verdict: "not checkable", note: ours });
    const note = [printed, row.note ?? ""].filter((part) => part !== "").join("; ");
    return claim({ ...common, reproduced: ours, tolerance: row.relativeTolerance, note });
  });
}
