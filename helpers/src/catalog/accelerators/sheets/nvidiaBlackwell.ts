import { dataSheet, type SheetFigures } from "./dataSheet.ts";
import { from } from "./from.ts";

const nvlink = { name: "NVLink 5", bytesPerSEachWay: 900e9 };
const network = { name: "800 Gb/s", bytesPerSEachWay: 100e9 };
/** A card for data centres: memory, bandwidth, watts and day of release; its peaks; and what it has of its own. */
const blackwell = (
  name: string,
  [memoryGb, gbPerS, boardWatts, released]: readonly [number, number, number, string],
  teraPeaks: SheetFigures["teraPeaks"],
  rest: Pick<SheetFigures, "unread" | "aliases" | "perNode"> &
    Partial<SheetFigures> & { readonly fromToo: string },
) => {
  const { fromToo, ...own } = rest;
  const sources = {
    peaks: `${from.aiconfigurator}; ${fromToo}`,
    memory: from.aiconfigurator,
    nodeLink: from.network,
    network: from.aiconfigurator,
    boardWatts: from.aiconfigurator,
    released: from.epoch,
  };
  return dataSheet({
    name,
    vendor: "NVIDIA",
    memoryGb,
    gbPerS,
    teraPeaks,
    nodeLink: nvlink,
    network,
    boardWatts,
    released,
    sources,
    ...own,
  });
};

/** Peaks of the first chips of the generation: each halving of the bits doubles the rate. */
const doubling = (bf16: number) => ({
  ...{ tf32: bf16 / 2, bf16, fp16: bf16 },
  ...{ fp8: 2 * bf16, int8: 2 * bf16, fp6: 2 * bf16, mxfp4: 4 * bf16, nvfp4: 4 * bf16 },
});

const price = (low: number, high: number) => ({
  low,
  high,
  asOf: "2026-10-07",
  from: "Akash (github:api-evangelist/akash, 2026-09-20) to RunPod (github:api-evangelist/runpod), on demand; no hyperscaler among them",
});

const blended = (usd: number) => ({
  low: usd,
  high: usd,
  asOf: "2026-04-06",
  from: "mean of spot, on-demand and one-year prices of clouds in North America, signwl.com",
});

const tf32AndFp6 = `tf32, fp6: ${from.engineering}`;

/** NVIDIA's B200, B300, GB200, GB300 (one GPU of the rack), RTX PRO 6000 and GeForce RTX 5090. */
export const nvidiaBlackwell = {
  "b200-sxm-180gb": blackwell("B200-SXM-180GB", [180, 7700, 1000, "2024-11-15"], doubling(2250), {
    unread: ["fp32"],
    reportedMemoryBytes: 183359 * 2 ** 20,
    perNode: 8,
    usdPerHour: price(5, 6.79),
    aliases: ["DGX-B200", "b200-180gb"],
    fromToo: tf32AndFp6,
  }),
  "b300-sxm-288gb": blackwell(
    "B300-SXM-288GB",
    [288, 7750, 1100, "2025-08-22"],
    { bf16: 2250, fp16: 2250, fp8: 4500, fp6: 4500, nvfp4: 14000 },
    {
      unread: ["fp32", "tf32", "int8", "mxfp4"],
      reportedMemoryBytes: 275040 * 2 ** 20,
      perNode: 8,
      usdPerHour: price(6, 7.89),
      aliases: ["DGX-B300", "b300-288gb", "NVIDIA B300 SXM6 AC"],
      fromToo: `fp6: ${from.engineering}, which gives 12,600 for fp4 and 15,000 for nvfp4; verda.com 14,000`,
    },
  ),
  "gb200-186gb": blackwell("GB200-186GB", [186, 8000, 1200, "2025-02-15"], doubling(2500), {
    unread: ["fp32"],
    reportedMemoryBytes: 189471 * 2 ** 20,
    perNode: 4,
    perDomain: 72,
    usdPerHour: blended(12.47),
    aliases: ["DGX-GB200", "GB200-NVL72"],
    fromToo: tf32AndFp6,
  }),
  "gb300-288gb": blackwell(
    "GB300-288GB",
    [288, 8000, 1400, "2025-08-22"],
    { fp32: 80, tf32: 1250, bf16: 2500, fp16: 2500, fp8: 5000, int8: 165, fp6: 5000, nvfp4: 15000 },
    {
      unread: ["mxfp4"],
      reportedMemoryBytes: 284208 * 2 ** 20,
      ...{ perNode: 4, perDomain: 72 },
      usdPerHour: blended(12.32),
      aliases: ["DGX-GB300", "GB300-NVL72"],
      fromToo: `int8 and fp32 too: verda.com/blog/gb300-nvl72-architecture, 24 POP/s with sparsity a rack; ${from.engineering} gives int8 as 5,000; ${tf32AndFp6}`,
    },
  ),
  "rtx-pro-6000-96gb": dataSheet({
    name: "RTX-PRO-6000-96GB",
    vendor: "NVIDIA",
    memoryGb: 96,
    gbPerS: 1792,
    teraPeaks: { bf16: 467.8, fp16: 467.8, fp8: 935.6, int8: 935.6, nvfp4: 1871.2 },
    unread: ["fp32", "tf32", "fp6", "mxfp4"],
    reportedMemoryBytes: 97887 * 2 ** 20,
    nodeLink: { name: "PCIe 5 x16", bytesPerSEachWay: 64e9 },
    perNode: 8,
    boardWatts: 600,
    aliases: [
      "rtx-pro-6000",
      "RTX 6000 Pro Blackwell",
      "NVIDIA RTX PRO 6000 Blackwell Server Edition",
      "rtx_pro_6000_server",
    ],
    sources: {
      peaks: `${from.aiconfigurator}, scaled there to a clock of 2,430 MHz`,
      memory: from.aiconfigurator,
      nodeLink: from.aiconfigurator,
      boardWatts: from.aiconfigurator,
    },
  }),
  "rtx-5090-32gb": dataSheet({
    name: "RTX-5090-32GB",
    vendor: "NVIDIA",
    memoryGb: 32,
    gbPerS: 1792,
    teraPeaks: { fp32: 104.8, bf16: 209.5, fp16: 209.5, nvfp4: 1676 },
    unread: ["tf32", "fp8", "int8", "fp6", "mxfp4"],
    boardWatts: 575,
    released: "2025-01",
    aliases: ["rtx5090"],
    sources: {
      peaks:
        "fp32: fpsbench.com; bf16: codesota.com/hardware/rtx-5090, dense, summed in fp32; " +
        "nvfp4: half of the 3,352 with sparsity of spheron.network's data sheet (2026-05-20)",
      memory: "spheron.network (2026-05-20) and Linux Format, May 2025",
      boardWatts: "fpsbench.com",
      released: "fpsbench.com and arrogatemaker.com",
    },
  }),
} as const;
