import { dataSheet } from "./dataSheet.ts";
import { from } from "./from.ts";

const pcie4 = { name: "PCIe 4 x16", bytesPerSEachWay: 32e9 };

/** NVIDIA's L4, L40S and GeForce RTX 4090. */
export const nvidiaAda = {
  "l4-24gb": dataSheet({
    name: "L4-24GB",
    vendor: "NVIDIA",
    memoryGb: 24,
    gbPerS: 300,
    teraPeaks: { fp32: 30.29, tf32: 60, bf16: 121, fp16: 121, fp8: 242, int8: 242, int4: 484 },
    nodeLink: pcie4,
    boardWatts: 72,
    released: "2023-03-21",
    sources: {
      peaks: `${from.aiconfigurator}, half of the printed figures with sparsity; fp32, tf32, int4: ${from.epoch}`,
      memory: from.aiconfigurator,
      nodeLink: from.aiconfigurator,
      boardWatts: from.aiconfigurator,
      released: from.epoch,
    },
  }),
  "l40s-48gb": dataSheet({
    name: "L40S-48GB",
    vendor: "NVIDIA",
    memoryGb: 48,
    gbPerS: 864,
    teraPeaks: { fp32: 91.6, tf32: 183, bf16: 362, fp16: 362, fp8: 733, int8: 733 },
    unread: ["int4"],
    reportedMemoryBytes: 46068 * 2 ** 20,
    nodeLink: pcie4,
    boardWatts: 350,
    sources: {
      peaks: from.engineering,
      memory: from.aiconfigurator,
      nodeLink: from.aiconfigurator,
      boardWatts: from.engineering,
    },
  }),
  "rtx-4090-24gb": dataSheet({
    name: "RTX-4090-24GB",
    vendor: "NVIDIA",
    memoryGb: 24,
    gbPerS: 1008,
    // Products summed in fp32. Summed in fp16, which training does not do, the card is twice as fast.
    teraPeaks: { fp32: 82.6, tf32: 82.6, bf16: 165.2, fp16: 165.2, fp8: 330.3, int8: 660.6, int4: 1320 },
    boardWatts: 450,
    released: "2022-09-20",
    usdPerHour: {
      low: 0.29,
      high: 0.69,
      asOf: "2026-09-20",
      from: "OpenRelay (github:api-evangelist/openrelay) to RunPod (github:generatedgallerybot/gpu-cloud-price-guide, 2026-05-27)",
    },
    aliases: ["rtx4090"],
    sources: {
      peaks: from.hmcTech,
      memory: from.epoch,
      boardWatts: from.epoch,
      released: from.epoch,
    },
  }),
} as const;
