import { number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Peak rates and memory of 17 accelerators.
 *
 * - `accelerator`: name as in the source
 * - `memoryBytes`: memory, with 1 GB = 1e9 bytes (bytes)
 * - `memoryBandwidthBytesPerS`: memory bandwidth (bytes/s)
 * - `linkBytesPerS`: link within a node (bytes/s)
 * - `peakFp16FlopsPerS`: dense 16-bit peak (FLOP/s)
 * - `peakInt8OpsPerS`: dense 8-bit peak, 0 where there is none (op/s)
 * - `peakInt4OpsPerS`: dense 4-bit peak, 0 where there is none (op/s)
 *
 * @example
 * import { acceleratorSpecs } from "isoflop-datasets";
 * acceleratorSpecs().find((row) => row.accelerator === "h100-sxm-80gb")?.peakFp16FlopsPerS; // => 989e12
 */
export const acceleratorSpecs = defineTable("accelerator_specs", {
  accelerator: text("accelerator"),
  memoryBytes: positive("memory_bytes"),
  memoryBandwidthBytesPerS: positive("memory_bandwidth_bytes_per_s"),
  linkBytesPerS: positive("link_bytes_per_s"),
  peakFp16FlopsPerS: positive("peak_fp16_flops_per_s"),
  peakInt8OpsPerS: number("peak_int8_ops_per_s", { min: 0 }),
  peakInt4OpsPerS: number("peak_int4_ops_per_s", { min: 0 }),
});
