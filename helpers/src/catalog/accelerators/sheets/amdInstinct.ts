import type { AcceleratorLink } from "../Accelerator.ts";
import { dataSheet, type SheetFigures } from "./dataSheet.ts";
import { from } from "./from.ts";

const cdna3 = { fp32: 163.4, tf32: 653.7, bf16: 1307.4, fp16: 1307.4, fp8: 2614.9, int8: 2614.9 };
const fabric = (gbPerSALink: number): AcceleratorLink => ({
  name: `Infinity Fabric, seven links of ${gbPerSALink} GB/s`,
  bytesPerSEachWay: 7 * gbPerSALink * 1e9,
});

/** A card: memory, bandwidth and watts; its peaks; and what it has of its own. */
const instinct = (
  name: string,
  [memoryGb, gbPerS, boardWatts]: readonly [number, number, number],
  teraPeaks: SheetFigures["teraPeaks"],
  rest: Omit<Partial<SheetFigures>, "sources"> & { readonly peaksFrom?: string; readonly wattsFrom?: string },
) => {
  const { peaksFrom = from.engineering, wattsFrom = from.engineering, ...own } = rest;
  const sources = {
    peaks: peaksFrom,
    memory: from.engineering,
    boardWatts: wattsFrom,
    ...(own.nodeLink && { nodeLink: from.network }),
    ...(own.released && { released: from.epoch }),
  };
  return dataSheet({ name, vendor: "AMD", memoryGb, gbPerS, teraPeaks, boardWatts, sources, ...own });
};

/** AMD's MI250, MI250X, MI300X, MI325X and MI355X. Of the MI250s both dies together; a program sees two devices of half of it. */
export const amdInstinct = {
  "mi250-128gb": instinct(
    "MI250-128GB",
    [128, 3280, 560],
    { fp32: 45.3, bf16: 362.1, fp16: 362.1, int8: 362.1 },
    {
      peaksFrom: `${from.engineering}; to a digit more: github:giacomo-brunetta/MLPerf_per_Watt`,
      wattsFrom: "github:giacomo-brunetta/MLPerf_per_Watt README.md",
    },
  ),
  "mi250x-128gb": instinct(
    "MI250X-128GB",
    [128, 3280, 560],
    { fp32: 47.9, bf16: 383, fp16: 383, int8: 383 },
    { nodeLink: { name: "Infinity Fabric", bytesPerSEachWay: 350e9 }, released: "2021-11-08" },
  ),
  "mi300x-192gb": instinct("MI300X-192GB", [192, 5300, 750], cdna3, {
    ...{ nodeLink: fabric(64), perNode: 8, released: "2023-12-06" },
    usdPerHour: {
      low: 1.99,
      high: 2.59,
      asOf: "2026-10-08",
      from: "RunPod (github:generatedgallerybot/gpu-cloud-price-guide, 2026-05-27) to DigitalOcean (huggingface.co/datasets/tokenwatt/gpu-cloud-prices)",
    },
    peaksFrom: `${from.epoch}; fp8: github:alpharomercoma/MI300X-vs-H200 REPORT.md`,
  }),
  "mi325x-256gb": instinct("MI325X-256GB", [256, 6000, 1000], cdna3, {
    ...{ nodeLink: fabric(64), perNode: 8, released: "2024-10-10" },
    peaksFrom: `${from.engineering}: the compute of the MI300X`,
  }),
  "mi355x-288gb": instinct(
    "MI355X-288GB",
    [288, 8000, 1400],
    { fp32: 157.3, bf16: 2500, fp16: 2500, fp8: 5000, int8: 5000, fp6: 10100, mxfp4: 10100 },
    {
      ...{ nodeLink: fabric(76.5), perNode: 8, released: "2025-06-12" },
      unread: ["tf32"],
      peaksFrom: `${from.engineering}, rounded there to three digits`,
    },
  ),
} as const;
