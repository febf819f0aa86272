import { dataSheet } from "./dataSheet.ts";
import { from } from "./from.ts";

const gib = 2 ** 30 / 1e9;

/** AWS's Trainium 1 and 2. AWS writes memory in GiB, and states no power. */
export const awsTrainium = {
  "trainium-1": dataSheet({
    name: "Trainium-1",
    vendor: "AWS",
    memoryGb: 32 * gib,
    gbPerS: 820 * gib,
    teraPeaks: { fp32: 47.5, tf32: 190, bf16: 190, fp16: 190, fp8: 190, int8: 380 },
    network: { name: "800 Gb/s a node of 16", bytesPerSEachWay: 6.25e9 },
    perNode: 16,
    released: "2022-10-15",
    aliases: ["trainium1", "trn1"],
    sources: {
      peaks: from.neuronDocs,
      memory: from.neuronDocs,
      network: from.neuronDocs,
      released: from.epoch,
    },
  }),
  "trainium-2": dataSheet({
    name: "Trainium-2",
    vendor: "AWS",
    memoryGb: 96 * gib,
    gbPerS: 2900,
    teraPeaks: { fp32: 181, tf32: 667, bf16: 667, fp16: 667, fp8: 1299 },
    nodeLink: { name: "NeuronLink 3", bytesPerSEachWay: 640e9 },
    released: "2024-12-03",
    aliases: ["trainium2", "trn2"],
    sources: {
      peaks: from.neuronDocs,
      memory: from.neuronDocs,
      nodeLink: from.network,
      released: from.epoch,
    },
  }),
} as const;
