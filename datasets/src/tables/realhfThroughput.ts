import { integer, oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Throughput of training from human feedback by four systems, read from a figure of ReaLHF's repository (Mei et al. 2024).
 *
 * @example
 * import { realhfThroughput } from "isoflop-datasets";
 * realhfThroughput().filter((row) => row.gpus === 128).length; // => 10
 */
export const realhfThroughput = defineTable("realhf_throughput", {
  scaledModel: oneOf("scaled_model", ["actor", "critic", "both"]),
  generationLength: integer("generation_length", { min: 1 }),
  gpus: integer("gpus", { min: 1 }),
  system: text("system"),
  petaflopsPerS: positive("petaflops_per_s"),
});
