import type { AcceleratorFact, CatalogAccelerator } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";
import { wrapText } from "../../text/wrapText.ts";
import { usdRange } from "./usdRange.ts";

/** One accelerator in detail, a fact a line with its source, for a terminal of so many columns. */
export function acceleratorText(sheet: CatalogAccelerator, width = Number.POSITIVE_INFINITY): string {
  const { sources, nodeLink, network, usdPerHour, reportedMemoryBytes } = sheet;
  const rows: [what: string, value: string, source: string][] = [];
  const add = (what: string, value: string | undefined, fact: AcceleratorFact) =>
    rows.push([what, value ?? "not found", value === undefined ? "" : (sources[fact] ?? "")]);
  add("memory", `${round(sheet.memoryBytes / 1e9)} GB`, "memory");
  if (reportedMemoryBytes) add("as reported", `${round(reportedMemoryBytes / 1e9)} GB`, "memory");
  add("bandwidth", `${round(sheet.memoryBytesPerS / 1e12)} TB/s`, "memory");
  for (const [format, flopsPerS] of Object.entries(sheet.peaks)) {
    add(
      `dense ${format}`,
      `${round(flopsPerS / 1e12)} ${format.startsWith("int") ? "TOP/s" : "TFLOP/s"}`,
      "peaks",
    );
  }
  for (const format of sheet.unread) rows.push([`dense ${format}`, "not found", ""]);
  add(
    "link in the node",
    nodeLink && `${round(nodeLink.bytesPerSEachWay / 1e9)} GB/s each way, ${nodeLink.name}`,
    "nodeLink",
  );
  add(
    "between nodes",
    network && `${round(network.bytesPerSEachWay / 1e9)} GB/s each way, ${network.name}`,
    "network",
  );
  if (sheet.perNode) rows.push(["in a node", String(sheet.perNode), ""]);
  if (sheet.perDomain) rows.push(["joined by the link", String(sheet.perDomain), ""]);
  add("board", sheet.boardWatts === undefined ? undefined : `${sheet.boardWatts} W`, "boardWatts");
  add("released", sheet.released, "released");
  rows.push([
    "price",
    usdPerHour ? `${usdRange(usdPerHour)} USD an hour, ${usdPerHour.asOf}` : "not found",
    usdPerHour?.from ?? "",
  ]);
  const title = `${sheet.name}, ${sheet.vendor}`;
  const aliases =
    sheet.aliases.length > 0 ? ["", ...wrapText(`Also known as ${sheet.aliases.join(", ")}.`, width)] : [];
  return [title, "", fittedTable(["", "", "source"], rows, { width, footnotes: 2 }), ...aliases].join("\n");
}

const round = (value: number) => String(Number(value.toPrecision(4)));
