import { integer, oneOf, optional, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * What the runs of `servingFigures` were done with: model, accelerator, engine, layout, load. `servingRuns` joins both.
 *
 * @example
 * import { servingSetups } from "isoflop-datasets";
 * servingSetups().find(({ setup }) => setup === 0)?.model; // => "moonshotai/Kimi-K2.5"
 */
export const servingSetups = defineTable("serving_setups", {
  setup: integer("setup", { min: 0 }),
  source: oneOf("source", ["aiconfigurator", "mlperf", "trtllm"]),
  model: text("model"),
  hardware: optional(text("hardware")),
  nDevices: optional(integer("n_devices", { min: 1 })),
  precision: text("precision"),
  engine: text("engine"),
  mode: text("mode"),
  parallel: text("parallel"),
  load: oneOf("load", ["closed", "open", "open tight", "offline", "at once", "one"]),
  reference: text("reference"),
});
