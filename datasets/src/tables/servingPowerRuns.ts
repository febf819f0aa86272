import { integer, oneOf, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Watts of whole nodes that serve language models, by a meter at the wall: ten runs of MLPerf Inference.
 *
 * - `measurement`: name of the row
 * - `round`: round of MLPerf Inference
 * - `submitter`: who measured
 * - `system`: name of the system in the submission
 * - `benchmark`: model, and the accuracy that was asked for
 * - `scenario`: all requests at once, or Poisson arrivals under limits on latency
 * - `accelerator`: key in isoflop's catalogue
 * - `nDevices`: accelerators of the node (accelerators)
 * - `boardWatts`: power that each board was capped at (W)
 * - `cooling`: of the system
 * - `powerWatts`: mean of the readings between begin and end of the run (W)
 * - `readings`: readings in it, one a second
 * - `logPowerWatts`: mean of all readings of the log, loading of the model included (W)
 * - `logReadings`: readings in the log
 * - `lowestWatts`: least reading of the log: the node idles (W)
 * - `tokensPerS`: output tokens a second of the same run; not stated for GPT-J
 * - `source`: repository, commit and folder
 *
 * @example
 * import { servingPowerRuns } from "isoflop-datasets";
 * servingPowerRuns().filter(({ accelerator }) => accelerator === "h200-sxm-141gb").length; // => 6
 */
export const servingPowerRuns = defineTable("serving_power_runs", {
  measurement: text("measurement"),
  round: oneOf("round", ["v4.1", "v5.1"]),
  submitter: text("submitter"),
  system: text("system"),
  benchmark: text("benchmark"),
  scenario: oneOf("scenario", ["offline", "server"]),
  accelerator: text("accelerator"),
  nDevices: integer("n_devices", { min: 1 }),
  boardWatts: positive("board_watts"),
  cooling: oneOf("cooling", ["air", "water"]),
  powerWatts: positive("power_watts"),
  readings: integer("readings", { min: 1 }),
  logPowerWatts: positive("log_power_watts"),
  logReadings: integer("log_readings", { min: 1 }),
  lowestWatts: positive("lowest_watts"),
  tokensPerS: optional(positive("tokens_per_s")),
  source: text("source"),
});
