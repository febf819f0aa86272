import { integer, number, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Final losses of 193 models with routed experts of Clark et al. 2022: the training rows of SLDBench's experts task.
 *
 * @example
 * import { sldExperts } from "isoflop-datasets";
 * sldExperts().filter((run) => run.router === "Dense").length; // => 12
 */
export const sldExperts = defineTable("sld_experts", {
  nExperts: integer("n_experts", { min: 1 }),
  nParams: integer("n_params_dense", { min: 1 }),
  router: oneOf("router", ["Dense", "S-Base", "Hash", "RL-R"]),
  expertsPerToken: integer("experts_per_token", { min: 1 }),
  routingFrequency: number("routing_frequency", { min: 0, max: 1 }),
  seed: integer("seed", { min: 1 }),
  loss: positive("loss_nats"),
});
