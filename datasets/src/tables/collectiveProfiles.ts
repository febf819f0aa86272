import { integer, oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Measured time of all-reduces, all-gathers, reduce-scatters and all-to-alls among the accelerators of one node: NCCL's, and
 * the all-reduces of TensorRT-LLM, vLLM and SGLang.
 *
 * @example
 * import { collectiveProfiles } from "isoflop-datasets";
 * const eight = collectiveProfiles().filter((row) => row.kind === "all-reduce" && row.devices === 8 && row.bytes === 2 ** 20);
 * eight.find((row) => row.accelerator === "h100-sxm-80gb" && row.software === "nccl")?.microseconds; // => 25.4
 */
export const collectiveProfiles = defineTable("collective_profiles", {
  accelerator: text("accelerator"),
  software: oneOf("software", ["nccl", "trtllm", "vllm", "sglang"]),
  version: text("version"),
  kind: oneOf("kind", ["all-reduce", "all-gather", "reduce-scatter", "all-to-all"]),
  devices: integer("devices", { min: 2 }),
  bytes: integer("bytes", { min: 1 }),
  microseconds: positive("microseconds"),
  sourceRef: text("source_ref"),
});
