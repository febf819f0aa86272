import { integer, number, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Published measurements of training: MFU, tokens per second of a device, minutes and device hours of whole runs, emissions.
 *
 * One row a figure; rows with the same `measurement` belong to one run. Judge a model of training time by leaving out whole
 * `group`s.
 *
 * @example
 * import { measuredTraining } from "isoflop-datasets";
 * const rows = measuredTraining().filter((row) => row.measurement === "onel2");
 * rows.find((row) => row.quantity === "training accelerator hours")?.value; // => 30.84e6
 */
export const measuredTraining = defineTable("measured_training", {
  group: text("group"),
  source: text("source"),
  model: text("model"),
  hardware: text("hardware"),
  nDevices: optional(integer("n_devices", { min: 1 })),
  precision: optional(text("precision")),
  engine: optional(text("engine")),
  mode: optional(text("mode")),
  parallel: optional(text("parallel")),
  tp: optional(integer("tp", { min: 1 })),
  pp: optional(integer("pp", { min: 1 })),
  dp: optional(integer("dp", { min: 1 })),
  batch: optional(integer("batch", { min: 1 })),
  load: optional(text("load")),
  isl: optional(integer("isl", { min: 1 })),
  osl: optional(text("osl")),
  quantity: text("quantity"),
  value: positive("value"),
  unit: text("unit"),
  date: optional(text("date")),
  measurement: text("measurement"),
  notes: optional(text("notes")),
  sourceRef: text("source_ref"),
  valueHigh: optional(number("value_high", { above: 0 })),
});
