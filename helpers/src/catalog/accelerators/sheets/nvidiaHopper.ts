import type { CatalogAccelerator } from "../Accelerator.ts";
import { dataSheet, type SheetFigures } from "./dataSheet.ts";
import { from } from "./from.ts";

const sxmPeaks = { fp32: 67, tf32: 494.5, bf16: 989, fp16: 989, fp8: 1979, int8: 1979 };
const nvlPeaks = { fp32: 60, tf32: 417.5, bf16: 835.5, fp16: 835.5, fp8: 1670.5, int8: 1670.5 };
const nvlink = { name: "NVLink 4", bytesPerSEachWay: 450e9 };
const pcie5 = { name: "PCIe 5 x16", bytesPerSEachWay: 64e9 };
const network = { name: "400 Gb/s", bytesPerSEachWay: 50e9 };
const sxmSources: CatalogAccelerator["sources"] = {
  peaks: from.engineering,
  memory: from.engineering,
  nodeLink: from.network,
  network: from.aiconfigurator,
  boardWatts: from.engineering,
  released: from.epoch,
};

const sxm = (
  name: string,
  [memoryGb, gbPerS, released]: readonly [number, number, string],
  rest: Pick<SheetFigures, "usdPerHour" | "aliases"> & Partial<SheetFigures>,
) => {
  const board = { nodeLink: nvlink, network, perNode: 8, boardWatts: 700 };
  const memory = { memoryGb, gbPerS };
  return dataSheet({
    name,
    vendor: "NVIDIA",
    ...memory,
    teraPeaks: sxmPeaks,
    ...board,
    released,
    sources: sxmSources,
    ...rest,
  });
};

/** NVIDIA's H100, H200, H20 and H800. */
export const nvidiaHopper = {
  "h100-sxm-80gb": sxm("H100-SXM-80GB", [80, 3350, "2022-09-20"], {
    usdPerHour: {
      low: 2.69,
      high: 12.29,
      asOf: "2026-11-09",
      from: `RunPod Community to Azure, on demand; ${from.gpuPrices}`,
    },
    reportedMemoryBytes: 81559 * 2 ** 20,
    // The tables of measurements mean the SXM board where they write h100_80gb or the system's name.
    aliases: ["h100-80gb", "DGX-H100", "H100-80GB (700 W)", "H100-SXM5-80GB", "NVIDIA H100 80GB HBM3"],
  }),
  "h100-pcie-80gb": dataSheet({
    name: "H100-PCIe-80GB",
    vendor: "NVIDIA",
    memoryGb: 80,
    gbPerS: 2000,
    teraPeaks: { fp32: 51, tf32: 378, bf16: 756, fp16: 756, fp8: 1513, int8: 1513 },
    nodeLink: pcie5,
    network,
    perNode: 8,
    boardWatts: 350,
    released: "2022-09-20",
    usdPerHour: {
      low: 1.99,
      high: 3.29,
      asOf: "2026-09-25",
      from: "RunPod Community to Lambda, on demand; github:tgarg01/silybench-data gpu_prices.csv",
    },
    aliases: ["NVIDIA H100 80GB HBM2e"],
    sources: { ...sxmSources, nodeLink: from.aiconfigurator, boardWatts: from.aiconfigurator },
  }),
  "h100-nvl-94gb": dataSheet({
    name: "H100-NVL-94GB",
    vendor: "NVIDIA",
    memoryGb: 94,
    gbPerS: 3938,
    teraPeaks: nvlPeaks,
    boardWatts: 400,
    released: "2024-03-14",
    usdPerHour: {
      low: 2.59,
      high: 6.98,
      asOf: "2026-11-09",
      from: `RunPod Community to Azure, on demand; ${from.gpuPrices}`,
    },
    sources: {
      peaks: "half of NVIDIA's figures with sparsity, as quoted from its H100 and H200 pages",
      memory: from.epoch,
      boardWatts: from.engineering,
      released: from.epoch,
    },
  }),
  "h200-sxm-141gb": sxm("H200-SXM-141GB", [141, 4800, "2024-11-18"], {
    usdPerHour: {
      low: 3.45,
      high: 6.31,
      asOf: "2026-10-24",
      from: "Civo to CoreWeave, means of each provider; github:renshuBTC/compute-screener gpu_providers_latest.csv",
    },
    reportedMemoryBytes: 143771 * 2 ** 20,
    aliases: ["h200-141gb", "DGX-H200", "H200-SXM5-141GB"],
  }),
  "h200-nvl-141gb": dataSheet({
    name: "H200-NVL-141GB",
    vendor: "NVIDIA",
    memoryGb: 141,
    gbPerS: 4800,
    teraPeaks: nvlPeaks,
    reportedMemoryBytes: 143771 * 2 ** 20,
    // NVLink joins no more than two or four cards that are bridged.
    nodeLink: pcie5,
    boardWatts: 600,
    sources: {
      peaks: "half of NVIDIA's figures with sparsity, as quoted from its H100 and H200 pages",
      memory:
        "NVIDIA's H200 page as quoted in public notes; reported: nvidia-smi of a public server description",
      nodeLink: "NVIDIA's H200 page as quoted in public notes",
      boardWatts: from.engineering,
    },
  }),
  "h20-96gb": dataSheet({
    name: "H20-96GB",
    vendor: "NVIDIA",
    memoryGb: 96,
    gbPerS: 4000,
    teraPeaks: { fp32: 44, tf32: 74, bf16: 148, fp16: 148, int8: 296 },
    unread: ["fp8"],
    nodeLink: nvlink,
    perNode: 8,
    boardWatts: 400,
    released: "2023-11-09",
    aliases: ["h20-sxm-96gb", "HGX H20"],
    sources: {
      peaks: from.epoch,
      memory: from.epoch,
      nodeLink: "github:citsjtu2020/LLM-Prof hardware_spec.md, 900 GB/s both ways",
      boardWatts: from.epoch,
      released: from.epoch,
    },
  }),
  "h800-sxm-80gb": dataSheet({
    name: "H800-SXM-80GB",
    vendor: "NVIDIA",
    memoryGb: 80,
    gbPerS: 3350,
    teraPeaks: { bf16: 989, fp16: 989, fp8: 1979, int8: 1979 },
    unread: ["fp32", "tf32"],
    nodeLink: { name: "NVLink 4, fewer links", bytesPerSEachWay: 200e9 },
    perNode: 8,
    boardWatts: 700,
    released: "2023-03-21",
    aliases: ["h800-80gb", "H800-SXM5-80GB"],
    sources: {
      peaks: `${from.epoch}; fp8: github:astroC86/gpu-datasheet README.md, half of the figure with sparsity`,
      memory: "github:astroC86/gpu-datasheet README.md, from NVIDIA's H800 data sheet",
      nodeLink: "github:citsjtu2020/LLM-Prof hardware_spec.md, 400 GB/s both ways",
      boardWatts: from.epoch,
      released: from.epoch,
    },
  }),
} as const;
