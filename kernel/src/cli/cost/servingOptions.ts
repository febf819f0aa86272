import { type Command, Option } from "commander";
import { completeWith } from "../completion/completeWith.ts";
import { parseCount, parsePositive } from "../optionValues.ts";

/** Adds what says how a model is stored, and on which engine it runs. */
export function addStackOptions(command: Command): Command {
  return command
    .option(
      "--precision <format>",
      "such as fp8, bf16, fp4 or int4 (default: what the model is published in)",
    )
    .addOption(engineOption('vllm, sglang or trtllm; "vllm 0.11" says the version, too'))
    .option(
      "--weights <bits>",
      "bits of a weight (default: those of --precision; 16 with --preset)",
      parsePositive,
    )
    .option("--activations <bits>", "bits that products are computed in: 16, 8 or 4", parsePositive)
    .option("--kv <bits>", "bits of a cached value", parsePositive);
}

/** Adds the degrees of an instance. */
export function addLayoutOptions(command: Command): Command {
  return command
    .option("--tp <devices>", "tensor parallelism (default 1)", parseCount)
    .option("--pp <stages>", "stages of the pipeline (default 1)", parseCount)
    .option("--dp <groups>", "groups that attend apart and share the experts (default 1)", parseCount)
    .option("--ep <devices>", "expert parallelism, within --tp times --dp (default 1)", parseCount);
}

/** The option for an engine, of which the measured ones are offered. */
export const engineOption = (what: string): Option =>
  completeWith(new Option("--engine <name>", what), () => ["vllm", "sglang", "trtllm"]);
