import { cellCount, cellText, quoted, type TableRow } from "../../rows/rowCells.ts";
import type { ServingLoad } from "../ServingScenario.ts";

/** "arrivals 29.62 requests/s scheduled, 29.41 completed". */
const arrivals = /(?:arrivals?|rate)\s*[=:]?\s*([\d.]+)\s*(?:requests|req|queries)\/s/i;

/**
 * How requests come, by the columns `load` and `batch`, of open loops the rate by `rate` or the notes.
 *
 * @throws RangeError where the load is unknown, or its number is missing
 */
export function servingLoad(row: TableRow, assumptions: string[]): ServingLoad {
  const stated = cellText(row, "load");
  // MLPerf's scenarios stand in the mode, and say how requests come where the load does not.
  const text = stated || cellText(row, "mode");
  const batch = cellCount(row, "batch");
  if (/offline|all at once|infinite/i.test(text)) return { kind: "offline" };
  if (/one at a time|single.?stream/i.test(text)) return { kind: "closed", concurrency: 1 };
  if (/static/i.test(text)) {
    if (batch === undefined) throw new RangeError("no batch of a static load (column batch)");
    return { kind: "static", batch };
  }
  if (/poisson|open|arrival|^server$|^interactive$/i.test(text)) return openLoad(row);
  const concurrency = cellCount(row, "concurrency") ?? batch;
  if (concurrency === undefined) {
    throw new RangeError(
      stated === ""
        ? "no load (columns load and batch), such as closed loop with batch 8"
        : "no number of requests at a time (column batch)",
    );
  }
  if (stated === "") assumptions.push("load: closed loop");
  else if (!/closed|concurren/i.test(stated))
    assumptions.push(`load ${quoted(stated)} read as a closed loop`);
  return { kind: "closed", concurrency };
}

function openLoad(row: TableRow): ServingLoad {
  const stated = Number(cellText(row, "rate") || (statedArrivals(cellText(row, "notes")) ?? ""));
  if (!(stated > 0 && stated < Infinity)) {
    throw new RangeError("no rate of arrivals (in notes, such as arrivals 1.15 requests/s)");
  }
  return { kind: "open", requestsPerS: stated };
}

/** Requests a second that notes state: those that were offered, not those that were done in time. */
export function statedArrivals(notes: string): string | undefined {
  return arrivals.exec(notes)?.[1];
}
