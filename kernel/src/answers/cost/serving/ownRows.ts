import { measuredServingOf, type ServingQuantity } from "isoflop";
import type { GivenRow } from "../ScenarioTable.ts";
import type { OwnFigure } from "./calibrateServing.ts";

/** A row, and where it stands. */
export interface PlacedRow {
  readonly row: GivenRow;
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
  readonly measured: readonly OwnFigure[];
  readonly refused: readonly RefusedRows[];
}

/**
 * Reads rows of measurements.
 *
 * @param known cells for columns that a row leaves empty
 */
export function ownRows(rows: readonly PlacedRow[], known: GivenRow = {}): OwnRows {
  const measured: OwnFigure[] = [];
  const refused = new Map<string, { rows: number; readonly first: string }>();
  const seen = new Set<string>();
  const runs = new Map<string, GivenRow[]>();
  for (const { row } of rows) {
    const run = String(row.measurement ?? "");
    if (run !== "") runs.set(run, [...(runs.get(run) ?? []), row]);
  }
  for (const { row, place, why } of rows) {
    const read =
      why === undefined
        ? readOne(filled(row, known), runs.get(String(row.measurement ?? "")) ?? [])
        : { why };
    if (!("why" in read)) {
      const key = JSON.stringify(row);
      if (!seen.has(key)) {
        seen.add(key);
        measured.push({ ...read, from: place });
        continue;
      }
    }
    const reason = "why" in read ? read.why : "the same in every cell as a row before it";
    const before = refused.get(reason);
    if (before) before.rows += 1;
    else refused.set(reason, { rows: 1, first: place });
  }
  return { measured, refused: [...refused].map(([why, found]) => ({ why, ...found })) };
}

/** Quantities that are learned from. */
const figures: Readonly<Partial<Record<ServingQuantity, OwnFigure["figure"]>>> = {
  ttft: "ttftS",
  tpot: "tpotS",
  "output throughput": "tokensPerS",
};

function readOne(
  row: GivenRow,
  run: readonly GivenRow[],
): Omit<OwnFigure, "from"> | { readonly why: string } {
  const read = measuredServingOf(row, run);
  if ("why" in read) return read;
  const figure = figures[read.quantity];
  if (figure === undefined || read.statistic !== "mean") {
    const what = read.statistic === "mean" ? read.quantity : `${read.quantity} ${read.statistic}`;
    return { why: `${what} is not learned from; means of ttft and tpot, and output throughput, are` };
  }
  return { scenario: read.scenario, figure, value: read.value };
}

const filled = (row: GivenRow, known: GivenRow): GivenRow => ({
  ...row,
  ...Object.fromEntries(
    Object.entries(known).filter(([column]) => ["", "0"].includes(String(row[column] ?? "").trim())),
  ),
});
