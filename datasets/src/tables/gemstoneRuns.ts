import { integer, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 969 losses of 22 models that differ in width and depth (McLeish et al. 2025, Gemstones), on up to 350B tokens at the
 * constant rate and 110B after a cooldown.
 *
 * @example
 * import { gemstoneRuns } from "isoflop-datasets";
 * gemstoneRuns().filter((run) => run.phase === "cooled").length; // => 199
 */
export const gemstoneRuns = defineTable("gemstone_runs", {
  phase: oneOf("phase", ["hot", "cooled"]),
  nParams: positive("n_params"),
  width: integer("width", { min: 1 }),
  depth: integer("depth", { min: 1 }),
  nTokens: positive("n_tokens"),
  loss: positive("loss_nats"),
});
