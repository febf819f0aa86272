// Written by scripts/serving-left-out.js.
import type { GroupRecord } from "./estimateRecord.ts";

/** How aggregated runs came out that a calibration had not seen. */
export interface LeftOutRecord extends GroupRecord {
  /** What the calibration was without, one group after the other. */
  readonly leftOut: "model" | "accelerator";
  readonly quantity: "ttft" | "tpot";
}

/**
 * How the estimates of aggregated runs of the dataset `measuredServing` come out when their model, or their accelerator, was
 * left out of the calibration: constants, spreads and factors of the intervals were worked out anew without each.
 *
 * @example
 * import { publishedServingLeftOut } from "isoflop";
 * publishedServingLeftOut().every(({ covered80, covered95 }) => covered80 <= covered95); // => true
 */
export const publishedServingLeftOut = (): readonly LeftOutRecord[] => [
  {
    leftOut: "model",
    quantity: "ttft",
    group: "gpt-oss-120b",
    rows: 179,
    meanError: 0.8017,
    medianError: 0.6601,
    medianRatio: 1.633,
    covered80: 0.9274,
    covered95: 0.9832,
    width80: 8.78,
  },
  {
    leftOut: "model",
    quantity: "ttft",
    group: "Llama-3.1-70B",
    rows: 219,
    meanError: 0.6823,
    medianError: 0.5825,
    medianRatio: 1.542,
    covered80: 0.9087,
    covered95: 0.9863,
    width80: 6.675,
  },
  {
    leftOut: "model",
    quantity: "ttft",
    group: "all",
    rows: 398,
    meanError: 0.736,
    medianError: 0.6307,
    medianRatio: 1.581,
    covered80: 0.9171,
    covered95: 0.9849,
    width80: 7.603,
  },
  {
    leftOut: "model",
    quantity: "tpot",
    group: "gpt-oss-120b",
    rows: 179,
    meanError: 0.2695,
    medianError: 0.1621,
    medianRatio: 1.138,
    covered80: 0.905,
    covered95: 0.9888,
    width80: 2.29,
  },
  {
    leftOut: "model",
    quantity: "tpot",
    group: "Llama-3.1-70B",
    rows: 219,
    meanError: 0.1999,
    medianError: 0.174,
    medianRatio: 1.173,
    covered80: 0.9315,
    covered95: 1,
    width80: 1.973,
  },
  {
    leftOut: "model",
    quantity: "tpot",
    group: "all",
    rows: 398,
    meanError: 0.2312,
    medianError: 0.163,
    medianRatio: 1.149,
    covered80: 0.9196,
    covered95: 0.995,
    width80: 2.142,
  },
  {
    leftOut: "accelerator",
    quantity: "ttft",
    group: "h100-sxm-80gb",
    rows: 154,
    meanError: 0.3945,
    medianError: 0.3496,
    medianRatio: 0.9698,
    covered80: 0.8766,
    covered95: 0.961,
    width80: 5.94,
  },
  {
    leftOut: "accelerator",
    quantity: "ttft",
    group: "all",
    rows: 154,
    meanError: 0.3945,
    medianError: 0.3496,
    medianRatio: 0.9698,
    covered80: 0.8766,
    covered95: 0.961,
    width80: 5.94,
  },
  {
    leftOut: "accelerator",
    quantity: "tpot",
    group: "h100-sxm-80gb",
    rows: 154,
    meanError: 0.3515,
    medianError: 0.2349,
    medianRatio: 1.216,
    covered80: 0.8312,
    covered95: 0.9805,
    width80: 2.324,
  },
  {
    leftOut: "accelerator",
    quantity: "tpot",
    group: "all",
    rows: 154,
    meanError: 0.3515,
    medianError: 0.2349,
    medianRatio: 1.216,
    covered80: 0.8312,
    covered95: 0.9805,
    width80: 2.324,
  },
];
