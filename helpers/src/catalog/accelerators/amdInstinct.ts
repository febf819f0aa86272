import { dataSheet } from "./dataSheet.ts";
import { from } from "./from.ts";

const cdna3 = { fp32: 163.4, tf32: 653.7, bf16: 1307.4, fp16: 1307.4, fp8: 2614.9, int8: 2614.9 };
const xgmi = { name: "Infinity Fabric, seven links of 64 GB/s", bytesPerSEachWay: 448e9 };

/** AMD's MI250, MI250X, MI300X, MI325X and MI355X. Of the MI250s both dies together; a program sees two devices of half of it. */
export const amdInstinct = {
  "mi250-128gb": dataSheet({
    name: "MI250-128GB",
    vendor: "AMD",
    memoryGb: 128,
    gbPerS: 3280,
    teraPeaks: { fp32: 45.3, bf16: 362.1, fp16: 362.1, int8: 362.1 },
    boardWatts: 560,
    sources: {
      peaks: `${from.engineering}; to a digit more: github:giacomo-brunetta/MLPerf_per_Watt`,
      memory: from.engineering,
      boardWatts: "github:giacomo-brunetta/MLPerf_per_Watt README.md",
    },
  }),
  "mi250x-128gb": dataSheet({
    name: "MI250X-128GB",
    vendor: "AMD",
    memoryGb: 128,
    gbPerS: 3280,
    teraPeaks: { fp32: 47.9, bf16: 383, fp16: 383, int8: 383 },
    nodeLink: { name: "Infinity Fabric", bytesPerSEachWay: 350e9 },
    boardWatts: 560,
    released: "2021-11-08",
    sources: {
      peaks: from.engineering,
      memory: from.engineering,
      nodeLink: from.network,
      boardWatts: from.engineering,
      released: from.epoch,
    },
  }),
  "mi300x-192gb": dataSheet({
    name: "MI300X-192GB",
    vendor: "AMD",
    memoryGb: 192,
    gbPerS: 5300,
    teraPeaks: cdna3,
    nodeLink: xgmi,
    perNode: 8,
    boardWatts: 750,
    released: "2023-12-06",
    usdPerHour: {
      low: 1.99,
      high: 2.59,
      asOf: "2026-10-08",
      from: "RunPod (github:generatedgallerybot/gpu-cloud-price-guide, 2026-05-27) to DigitalOcean (huggingface.co/datasets/tokenwatt/gpu-cloud-prices)",
    },
    sources: {
      peaks: `${from.epoch}; fp8: github:alpharomercoma/MI300X-vs-H200 REPORT.md`,
      memory: from.epoch,
      nodeLink: from.network,
      boardWatts: from.engineering,
      released: from.epoch,
    },
  }),
  "mi325x-256gb": dataSheet({
    name: "MI325X-256GB",
    vendor: "AMD",
    memoryGb: 256,
    gbPerS: 6000,
    teraPeaks: cdna3,
    nodeLink: xgmi,
    perNode: 8,
    boardWatts: 1000,
    released: "2024-10-10",
    sources: {
      peaks: `${from.engineering}: the compute of the MI300X`,
      memory: from.engineering,
      nodeLink: from.network,
      boardWatts: from.engineering,
      released: from.epoch,
    },
  }),
  "mi355x-288gb": dataSheet({
    name: "MI355X-288GB",
    vendor: "AMD",
    memoryGb: 288,
    gbPerS: 8000,
    teraPeaks: {
      fp32: 157.3,
      bf16: 2500,
      fp16: 2500,
      fp8: 5000,
      int8: 5000,
      fp6: 10100,
      mxfp4: 10100,
    },
    unread: ["tf32"],
    nodeLink: { name: "Infinity Fabric, seven links of 76.5 GB/s", bytesPerSEachWay: 535.5e9 },
    perNode: 8,
    boardWatts: 1400,
    released: "2025-06-12",
    sources: {
      peaks: `${from.engineering}, rounded there to three digits`,
      memory: from.engineering,
      nodeLink: from.network,
      boardWatts: from.engineering,
      released: from.epoch,
    },
  }),
} as const;
