import { accelerators, type CatalogAccelerator, type NumberFormat } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";
import { wrapText } from "../../text/wrapText.ts";
import { usdRange } from "./usdRange.ts";

/** Columns of peaks: the first of these formats that the accelerator has. */
const shown: readonly (readonly [column: string, formats: readonly NumberFormat[]])[] = [
  ["16 bit", ["bf16", "fp16"]],
  ["fp8", ["fp8"]],
  ["int8", ["int8"]],
  ["fp4", ["nvfp4", "mxfp4"]],
];

/** The catalogue as a table for a terminal of so many columns. */
export function acceleratorsText(width = Number.POSITIVE_INFINITY): string {
  const rows = Object.entries<CatalogAccelerator>(accelerators).map(([key, sheet]) => [
    key,
    String(Math.round(sheet.memoryBytes / 1e9)),
    String(Math.round(sheet.memoryBytesPerS / 1e9)),
    ...shown.map(([, formats]) => {
      const format = formats.find((one) => sheet.peaks[one] !== undefined);
      return format ? String(Math.round(sheet.peaks[format]! / 1e12)) : "";
    }),
    sheet.boardWatts === undefined ? "" : String(sheet.boardWatts),
    usdRange(sheet.usdPerHour),
  ]);
  const columns = ["accelerator", "GB", "GB/s", ...shown.map(([column]) => column), "W", "USD/h"];
  return [
    fittedTable(columns, rows, { width }),
    "",
    ...wrapText(
      "Peaks are dense, in TFLOP/s (int8 in TOP/s); 16 bit is bf16, on the V100 fp16. What is empty the chip lacks or no source that was read states. isoflop accelerators NAME shows links, other formats, dates and sources.",
      width,
    ),
  ].join("\n");
}
