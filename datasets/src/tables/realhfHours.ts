import { positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Hours of a training from human feedback with four models of 70B parameters (Mei et al. 2024, ReaLHF).
 *
 * @example
 * import { realhfHours } from "isoflop-datasets";
 * realhfHours().find((row) => row.system === "ReaL")?.hours; // => 17
 */
export const realhfHours = defineTable("realhf_hours", {
  system: text("system"),
  hours: positive("hours"),
});
