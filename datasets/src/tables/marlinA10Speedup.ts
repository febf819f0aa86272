import { integer, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Measured speed-ups of 4-bit kernels on an A10, digitised.
 *
 * - `kernel`: implementation; ideal is the drawn bound
 * - `batchSize`: rows of the activation matrix (tokens)
 * - `speedup`: time of FP16 over time of the kernel
 * - `markerHeightPx`: 15 where the whole marker is seen (pixels)
 *
 * @example
 * import { marlinA10Speedup } from "isoflop-datasets";
 * marlinA10Speedup().filter((row) => row.kernel === "marlin").length; // => 8
 */
export const marlinA10Speedup = defineTable("marlin_a10_speedup", {
  kernel: oneOf("kernel", ["marlin", "ideal", "torch_nightly", "exllamav2", "awq", "bitsandbytes"]),
  batchSize: integer("batch_size", { min: 1 }),
  speedup: positive("speedup"),
  markerHeightPx: integer("marker_height_px", { min: 1 }),
});
