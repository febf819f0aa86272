import type { CatalogAccelerator, PriceRange } from "../Accelerator.ts";
import { dataSheet } from "./dataSheet.ts";
import { from } from "./from.ts";

const a100 = (
  form: "SXM" | "PCIe",
  memoryGb: number,
  gbPerS: number,
  usdPerHour: PriceRange | undefined,
  rest: Pick<CatalogAccelerator, "aliases"> & { readonly boardWatts?: number; readonly released?: string },
) =>
  dataSheet({
    name: `A100-${form}-${memoryGb}GB`,
    vendor: "NVIDIA",
    memoryGb,
    gbPerS,
    teraPeaks: { fp32: 19.5, tf32: 156, bf16: 312, fp16: 312, int8: 624, int4: 1248 },
    nodeLink: {
      name: form === "SXM" ? "NVLink 3" : "PCIe 4 x16",
      bytesPerSEachWay: form === "SXM" ? 300e9 : 32e9,
    },
    network: { name: "200 Gb/s", bytesPerSEachWay: 25e9 },
    perNode: 8,
    ...(usdPerHour && { usdPerHour }),
    ...rest,
    sources: {
      peaks: `${from.engineering}; int4: ${from.llmAnalysis}`,
      memory: from.llmAnalysis,
      nodeLink: form === "SXM" ? from.network : from.aiconfigurator,
      network: from.aiconfigurator,
      ...(rest.boardWatts && { boardWatts: from.engineering }),
      ...(rest.released && { released: from.epoch }),
    },
  });

const price = (low: number, high: number, who: string): PriceRange => ({
  low,
  high,
  asOf: "2026-11-09",
  from: `${who}, on demand; ${from.gpuPrices}`,
});

/** NVIDIA's A100, A10, A10G and RTX A6000. */
export const nvidiaAmpere = {
  "a100-sxm-40gb": a100("SXM", 40, 1555, price(1.99, 3.4, "Lambda to Azure"), {
    boardWatts: 400,
    released: "2020-05-14",
    aliases: ["a100-40gb", "A100-SXM4-40GB"],
  }),
  "a100-sxm-80gb": a100("SXM", 80, 2039, price(1.39, 3.43, "RunPod Community to AWS"), {
    boardWatts: 400,
    released: "2020-11-16",
    aliases: ["a100-80gb", "A100-SXM4-80GB", "A100-SXM-80GB HBM2e"],
  }),
  "a100-pcie-40gb": a100("PCIe", 40, 1555, undefined, { released: "2020-06-22", aliases: [] }),
  "a100-pcie-80gb": a100("PCIe", 80, 1935, price(1.19, 3.67, "RunPod Community to Azure"), {
    boardWatts: 300,
    aliases: ["NVIDIA A100 80GB PCIe", "A100-PCIe-80GB HBM2e"],
  }),
  "a10-24gb": dataSheet({
    name: "A10-24GB",
    vendor: "NVIDIA",
    memoryGb: 24,
    gbPerS: 600,
    teraPeaks: { fp32: 31.24, tf32: 62.5, bf16: 125, fp16: 125, int8: 250, int4: 500 },
    boardWatts: 150,
    released: "2021-04-12",
    aliases: ["a10-pcie-24gb"],
    sources: {
      peaks:
        "github:astroC86/gpu-datasheet README.md, from NVIDIA's A10 data sheet; " +
        `int4: ${from.llmAnalysis}; fp32: ${from.epoch}; tf32: github:winston-zhang-orz/gpu-specs specs.md`,
      memory: "github:astroC86/gpu-datasheet README.md, from NVIDIA's A10 data sheet",
      boardWatts: from.epoch,
      released: from.epoch,
    },
  }),
  "a10g-24gb": dataSheet({
    name: "A10G-24GB",
    vendor: "NVIDIA",
    memoryGb: 24,
    gbPerS: 600,
    teraPeaks: { fp32: 31.5, bf16: 70, fp16: 70, int8: 140, int4: 280 },
    unread: ["tf32"],
    boardWatts: 150,
    released: "2021-04-12",
    aliases: ["a10g-pcie-24gb"],
    sources: {
      peaks: `${from.llmAnalysis}; fp32: ${from.epoch}`,
      memory: from.llmAnalysis,
      boardWatts: from.epoch,
      released: from.epoch,
    },
  }),
  "a6000-48gb": dataSheet({
    name: "RTX-A6000-48GB",
    vendor: "NVIDIA",
    memoryGb: 48,
    gbPerS: 768,
    teraPeaks: { fp32: 38.7, bf16: 154.8, fp16: 154.8, int8: 309.6, int4: 619.2 },
    unread: ["tf32"],
    nodeLink: { name: "NVLink bridge of two cards", bytesPerSEachWay: 56.25e9 },
    boardWatts: 300,
    released: "2020-10-05",
    usdPerHour: {
      low: 0.82,
      high: 1.09,
      asOf: "2026-10-29",
      from: "Verda (huggingface.co/datasets/lantern-works/gpu-cloud-prices) to Lambda (github:skypilot-org/skypilot-catalog@0f40703)",
    },
    aliases: ["rtx-a6000", "rtx-a6000-48gb"],
    sources: {
      peaks: `${from.llmAnalysis}; fp32: ${from.epoch}`,
      memory: from.llmAnalysis,
      nodeLink: from.llmAnalysis,
      boardWatts: from.epoch,
      released: from.epoch,
    },
  }),
} as const;
