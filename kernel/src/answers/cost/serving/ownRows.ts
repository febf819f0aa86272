import { servingObservations } from "isoflop";
import type { GivenRow } from "../ScenarioTable.ts";
import type { PlacedObservation } from "./learnOwn.ts";

/** A row, and where it stands. */
export interface PlacedRow {
  readonly row: GivenRow;
  readonly file: string;
  /** Such as "runs.csv, line 3". */
  readonly place: string;
  /** Why it cannot be read at all. */
  readonly why?: string;
}

/** Rows that were not used for one reason. */
export interface RefusedRows {
  readonly why: string;
  readonly rows: number;
  readonly first: string;
}

/** What own rows measured, and which of them were not used. */
export interface OwnRows {
  readonly used: readonly PlacedObservation[];
  readonly refused: readonly RefusedRows[];
}

/**
 * Reads rows of measurements.
 *
 * @param known cells for columns that a row leaves empty
 */
export function ownRows(rows: readonly PlacedRow[], known: GivenRow = {}): OwnRows {
  const whys: (string | undefined)[] = rows.map(({ why }) => why);
  const seen = new Set<string>();
  const read: { readonly row: GivenRow; readonly at: number }[] = [];
  for (const [at, { row, file, why }] of rows.entries()) {
    if (why !== undefined) continue;
    const cells = JSON.stringify(row);
    if (seen.has(cells)) whys[at] = "the same in every cell as a row before it";
    else read.push({ row: inRun(filled(row, known), file), at });
    seen.add(cells);
  }
  const { observations, refused } = servingObservations(read.map(({ row }) => row));
  const used = observations.map((observation) => {
    const { at } = read[observation.row]!;
    return { observation, at, place: rows[at]!.place };
  });
  for (const { row, why } of refused) whys[read[row]!.at] ??= why;
  const taken = new Set(used.map(({ at }) => at));
  const byWhy = new Map<string, { rows: number; readonly first: string }>();
  for (const [at, { place }] of rows.entries()) {
    if (taken.has(at)) continue;
    const why = whys[at] ?? "left out with the other time of its run, or both times are those of another run";
    const found = byWhy.get(why);
    if (found) found.rows += 1;
    else byWhy.set(why, { rows: 1, first: place });
  }
  return {
    used: used.map(({ observation, place }) => ({ observation, place })),
    refused: [...byWhy].map(([why, found]) => ({ why, ...found })),
  };
}

const filled = (row: GivenRow, known: GivenRow): GivenRow => ({
  ...row,
  ...Object.fromEntries(
    Object.entries(known).filter(([column]) => ["", "0"].includes(String(row[column] ?? "").trim())),
  ),
});

/** A row with the key of its run: of its file, since two may count from 1, and without one all that is the same but the figure. */
function inRun(row: GivenRow, file: string): GivenRow {
  const { quantity: _, value: __, unit: ___, measurement = "", ...load } = row;
  const key = String(measurement).trim();
  return { ...row, measurement: `${file}: ${key === "" ? JSON.stringify(load) : key}` };
}
