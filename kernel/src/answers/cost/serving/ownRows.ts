import { readServingRow, type ServingInstances } from "isoflop";
import type { GivenRow } from "../ScenarioTable.ts";
import type { MeasuredServing } from "./calibrateServing.ts";
import { measuredFigure } from "./measuredFigure.ts";

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
  readonly measured: readonly MeasuredServing[];
  readonly refused: readonly RefusedRows[];
}

/**
 * Reads rows of measurements.
 *
 * @param known cells for columns that a row leaves empty
 */
export function ownRows(rows: readonly PlacedRow[], known: GivenRow = {}): OwnRows {
  const measured: MeasuredServing[] = [];
  const refused = new Map<string, { rows: number; readonly first: string }>();
  const seen = new Set<string>();
  for (const { row, place, why } of rows) {
    const read = why === undefined ? readOne(filled(row, known)) : { why };
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

function readOne(row: GivenRow): Omit<MeasuredServing, "from"> | { readonly why: string } {
  const scenario = readServingRow(row);
  if ("why" in scenario) return scenario;
  const { serve, prefill } = scenario;
  const figure = measuredFigure(row, devicesOf(serve) + (prefill ? devicesOf(prefill) : 0));
  return "why" in figure ? figure : { scenario, ...figure };
}

const devicesOf = ({ instances, layout }: ServingInstances) =>
  instances * layout.tensorParallel * layout.pipelineParallel * layout.attentionDataParallel;

const filled = (row: GivenRow, known: GivenRow): GivenRow => ({
  ...row,
  ...Object.fromEntries(
    Object.entries(known).filter(([column]) => ["", "0"].includes(String(row[column] ?? "").trim())),
  ),
});
