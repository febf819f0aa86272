import { type Displayable, jupyterDisplay } from "../format/jupyterDisplay.ts";
import { textTable } from "../format/textTable.ts";
import type { ClaimRecord, Verdict } from "./ClaimRecord.ts";
import type { ClaimRow, SharedByRows } from "./ClaimRow.ts";
import { claimMimeType } from "./claim.ts";
import { claimCells, claimColumns, claimsHtml } from "./claimCells.ts";
import { checkShared, claimFromRow } from "./claimFromRow.ts";

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
 * A claim is given as a row: `printed` is the paper's figure, as text in the digits it prints; `ours` is our
 * number, `true` or `false` for a finding in words, or a sentence that says why it cannot be checked. Beside a
 * printed text the tolerance is half a unit of its last digit, unless one is given. Claims made by `claim` may
 * stand among the rows.
 *
 * @param claims rows, or claims made before
 * @param shared `source` stands before each row's own ("Hoffmann et al. 2022" before "Table 2"); tolerance,
 *   because, note and evidence hold for the rows that do not say so themselves
 * @throws TypeError when two claims share an id, and when a row lacks its id, printed or ours, has an unknown key
 *   or sets a number beside words
 * @throws RangeError when a figure is not finite or a tolerance negative
 * @example
 * import { claimsTable } from "isoflop";
 * const table = claimsTable(
 *   [
 *     { id: "alpha", printed: "0.3478", ours: 0.34781 },
 *     { id: "beta", printed: "0.3658", ours: 0.3672, because: "the printed value is that of another loss" },
 *     { id: "b-over-a", source: "beta", printed: "above alpha", ours: true },
 *     { id: "curves", printed: "0.50", ours: "needs the training curves, which are not public" },
 *   ],
 *   { source: "Besiroglu et al. 2024, equation 3" },
 * );
 * table.counts.reproduced; // => 2
 * table.counts.differs; // => 1
 * table.claims[0]?.tolerance; // => { absolute: 0.00005 }
 */
export function claimsTable(
  claims: readonly (ClaimRecord | ClaimRow)[],
  shared: SharedByRows = {},
): ClaimsTable {
  checkShared(shared);
  const records = claims.map((one, i) => (isRecord(one) ? one : claimFromRow(one, i + 1, shared)));
  const seen = new Map<string, number>();
  for (const [i, { id }] of records.entries()) {
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      throw new TypeError(
        `rows ${earlier} and ${i + 1} of the claims share the id "${id}"; an id names one claim, give row ${i + 1} another`,
      );
    }
    seen.set(id, i + 1);
  }
  const counts = { reproduced: 0, differs: 0, "not checkable": 0 };
  for (const { verdict } of records) counts[verdict]++;
  const summary = `${counts.reproduced} reproduced, ${counts.differs} differ, ${counts["not checkable"]} not checkable`;
  return Object.freeze({
    claims: Object.freeze(records),
    counts: Object.freeze(counts),
    [jupyterDisplay]: () => ({
      [claimMimeType]: records.map((one) => ({ ...one })),
      "text/html": `${claimsHtml(records)}<p>${summary}</p>`,
      "text/plain": `${textTable(claimColumns, records.map(claimCells))}\n${summary}`,
    }),
  });
}

const isRecord = (one: ClaimRecord | ClaimRow): one is ClaimRecord =>
  typeof one === "object" && one !== null && "verdict" in one && "published" in one;
