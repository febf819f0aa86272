import { dataSheet, type SheetFigures } from "./dataSheet.ts";
import { from } from "./from.ts";

const price = {
  low: 3.06,
  high: 3.06,
  asOf: "2023-05",
  from: "an AWS hour, as Narayanan et al. 2023 (arXiv:2305.02440) count it",
};

const v100 = (form: "SXM" | "PCIe", memoryGb: number, released: string, aliases: readonly string[]) => {
  const isSxm = form === "SXM";
  const figures: SheetFigures = {
    name: `V100-${form}-${memoryGb}GB`,
    vendor: "NVIDIA",
    memoryGb,
    gbPerS: 900,
    // Volta's tensor cores take fp16 alone: there is no bf16.
    teraPeaks: { fp32: isSxm ? 15.67 : 14.13, fp16: isSxm ? 125 : 112 },
    nodeLink: { name: isSxm ? "NVLink 2" : "PCIe 3 x16", bytesPerSEachWay: isSxm ? 150e9 : 16e9 },
    network: { name: "100 Gb/s", bytesPerSEachWay: 12.5e9 },
    perNode: 8,
    boardWatts: isSxm ? 300 : 250,
    released,
    usdPerHour: price,
    aliases,
    sources: {
      peaks: from.epoch,
      memory: from.llmAnalysis,
      nodeLink: isSxm ? from.network : from.llmAnalysis,
      network: from.epoch,
      boardWatts: from.epoch,
      released: from.epoch,
    },
  };
  return dataSheet(figures);
};

/** NVIDIA's V100s. */
export const nvidiaVolta = {
  "v100-sxm-16gb": v100("SXM", 16, "2017-06-21", ["v100-16gb", "Tesla V100-SXM2-16GB"]),
  "v100-sxm-32gb": v100("SXM", 32, "2018-03-27", ["v100-32gb", "Tesla V100-SXM2-32GB"]),
  "v100-pcie-16gb": v100("PCIe", 16, "2017-06-21", ["Tesla V100-PCIE-16GB"]),
  "v100-pcie-32gb": v100("PCIe", 32, "2018-03-27", ["Tesla V100-PCIE-32GB"]),
} as const;
