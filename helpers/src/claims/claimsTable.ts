import { type Displayable, jupyterDisplay } from "../format/jupyterDisplay.ts";
import { textTable } from "../format/textTable.ts";
import type { ClaimRecord, Verdict } from "./ClaimRecord.ts";
import { claimMimeType } from "./claim.ts";
import { claimCells, claimColumns, claimsHtml } from "./claimCells.ts";

/** Claims in one table. */
export interface ClaimsTable extends Displayable {
  readonly claims: readonly ClaimRecord[];
  /** How many claims came to each verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
}

/**
 * Several claims as one table, in the order given, with the count of verdicts beneath. Displayed in a
 * notebook it hands all records to the report, so a claim need not be displayed by itself as well.
 *
 * @throws TypeError when two claims share an id
 * @example
 * import { claim, claimsTable } from "isoflop";
 * const source = "Besiroglu et al. 2024, Table 1";
 * const table = claimsTable([
 *   claim({ id: "alpha", source, published: 0.3478, reproduced: 0.3478, tolerance: 0.001 }),
 *   claim({ id: "beta", source, published: 0.3658, reproduced: 0.3672, tolerance: 0.001 }),
 * ]);
 * table.counts.differs; // => 1
 */
export function claimsTable(claims: readonly ClaimRecord[]): ClaimsTable {
  const seen = new Set<string>();
  for (const { id } of claims) {
    if (seen.has(id)) throw new TypeError(`two claims share the id "${id}"; an id names one claim`);
    seen.add(id);
  }
  const counts = { reproduced: 0, differs: 0, "not checkable": 0 };
  for (const { verdict } of claims) counts[verdict]++;
  const summary = `${counts.reproduced} reproduced, ${counts.differs} differ, ${counts["not checkable"]} not checkable`;
  return Object.freeze({
    claims: Object.freeze([...claims]),
    counts: Object.freeze(counts),
    [jupyterDisplay]: () => ({
      [claimMimeType]: claims.map((one) => ({ ...one })),
      "text/html": `${claimsHtml(claims)}<p>${summary}</p>`,
      "text/plain": `${textTable(claimColumns, claims.map(claimCells))}\n${summary}`,
    }),
  });
}
