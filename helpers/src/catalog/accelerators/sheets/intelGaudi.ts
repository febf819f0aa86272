import { dataSheet } from "./dataSheet.ts";
import { from } from "./from.ts";

/** Intel's Gaudi 2 and 3; rates of the matrix engine. */
export const intelGaudi = {
  "gaudi-2": dataSheet({
    name: "Gaudi-2",
    vendor: "Intel",
    memoryGb: 96,
    gbPerS: 2460,
    teraPeaks: { bf16: 432, fp8: 865 },
    unread: ["fp32", "tf32", "fp16", "int8"],
    nodeLink: { name: "Ethernet on the board", bytesPerSEachWay: 300e9 },
    perNode: 8,
    boardWatts: 600,
    released: "2022-05-10",
    aliases: ["gaudi2", "hl-225"],
    sources: {
      peaks: from.engineering,
      memory: from.engineering,
      nodeLink: from.network,
      boardWatts: from.engineering,
      released: from.epoch,
    },
  }),
  "gaudi-3": dataSheet({
    name: "Gaudi-3",
    vendor: "Intel",
    memoryGb: 128,
    gbPerS: 3670,
    teraPeaks: { fp32: 229, tf32: 459, bf16: 1835, fp16: 459, fp8: 1835 },
    unread: ["int8"],
    ...{ boardWatts: 900, perNode: 8 },
    nodeLink: { name: "Ethernet on the board", bytesPerSEachWay: 600e9 },
    released: "2024-09-24",
    aliases: ["gaudi3"],
    sources: {
      peaks: `${from.gaudiSlides}; fp32, tf32, fp16: ${from.engineering}, where parts that run at 1.6 GHz reach 1,677 in bf16 and fp8`,
      memory: from.gaudiSlides,
      nodeLink: from.network,
      boardWatts: from.engineering,
      released: from.epoch,
    },
  }),
} as const;
