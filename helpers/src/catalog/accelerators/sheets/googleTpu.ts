import type { PriceRange } from "../Accelerator.ts";
import { dataSheet, type SheetFigures } from "./dataSheet.ts";
import { from } from "./from.ts";

const price = (usd: number): PriceRange => ({
  low: usd,
  high: usd,
  asOf: "2025-02-18",
  from: "Google Cloud's price as github:jax-ml/scaling-book@0819a7d applied-inference.md gives it",
});

const tpu = (
  version: string,
  linkGbPerS: number,
  perNode: number,
  perDomain: number,
  figures: Pick<SheetFigures, "memoryGb" | "gbPerS" | "teraPeaks" | "released" | "usdPerHour" | "aliases">,
  memory: string,
) =>
  dataSheet({
    name: `TPU-${version}`,
    vendor: "Google",
    nodeLink: { name: "inter-chip interconnect, a torus", bytesPerSEachWay: linkGbPerS * 1e9 },
    network: { name: "data-centre network, 25 GB/s a host", bytesPerSEachWay: 25e9 / perNode },
    perNode,
    perDomain,
    ...figures,
    sources: {
      peaks: `${from.tpuDocs}; ${from.engineering}`,
      memory,
      nodeLink: version === "v4" ? `${from.scalingBook}, six links of 45 GB/s` : from.tpuDocs,
      network: from.scalingBook,
      released: from.epoch,
    },
  });

/** Google's TPUs; a slice goes over the interconnect as far as a pod. Google states no power. */
export const googleTpu = {
  "tpu-v4": tpu(
    "v4",
    270,
    4,
    4096,
    {
      memoryGb: 32,
      gbPerS: 1200,
      teraPeaks: { bf16: 275, int8: 275 },
      released: "2021-05-20",
      aliases: ["v4p"],
    },
    from.engineering,
  ),
  "tpu-v5e": tpu(
    "v5e",
    200,
    8,
    256,
    {
      memoryGb: 16,
      gbPerS: 819,
      teraPeaks: { bf16: 197, int8: 393 },
      released: "2023-08-29",
      usdPerHour: price(1.2),
      aliases: ["TPU v5 lite", "v5litepod"],
    },
    from.tpuDocs,
  ),
  "tpu-v5p": tpu(
    "v5p",
    600,
    4,
    8960,
    {
      memoryGb: 95,
      gbPerS: 2765,
      teraPeaks: { bf16: 459, fp8: 459, int8: 918 },
      released: "2023-12-06",
      usdPerHour: price(4.2),
    },
    from.tpuDocs,
  ),
  "tpu-v6e": tpu(
    "v6e",
    400,
    8,
    256,
    {
      memoryGb: 32,
      gbPerS: 1638,
      teraPeaks: { bf16: 918, fp16: 918, fp8: 918, int8: 1836 },
      released: "2024-05-14",
      usdPerHour: {
        low: 2.7,
        high: 2.7,
        asOf: "2024-12-11",
        from: "Google Cloud's price at general availability (neowin.net), without a commitment; the day is VentureBeat's",
      },
      aliases: ["tpu-trillium", "TPU Trillium (v6e)", "TPU v6 lite"],
    },
    from.tpuDocs,
  ),
} as const;
