import type { GroupRecord } from "./estimateRecord.ts";

/** How aggregated runs came out that a calibration had not seen. */
export interface LeftOutRecord extends GroupRecord {
  /** What the calibration was without, one group after the other. */
  readonly leftOut: "model" | "accelerator";
  readonly quantity: "ttft" | "tpot";
}

/** Lines of leftOut, quantity, group, rows, meanError, medianError, medianRatio, covered80, covered95, width80. */
export function readLeftOutRecords(table: string): LeftOutRecord[] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [leftOut, quantity, group, ...figures] = line.split(",");
      const [rows, meanError, medianError, medianRatio, covered80, covered95, width80] = figures.map(Number);
      return {
        leftOut: leftOut as LeftOutRecord["leftOut"],
        quantity: quantity as LeftOutRecord["quantity"],
        group: group!,
        rows: rows!,
        meanError: meanError!,
        medianError: medianError!,
        medianRatio: medianRatio!,
        covered80: covered80!,
        covered95: covered95!,
        width80: width80!,
      };
    });
}
