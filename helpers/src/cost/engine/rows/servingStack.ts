import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import type { ServingBits } from "../ServingScenario.ts";
import { servingEngine } from "./servingEngine.ts";
import { servingPrecision } from "./servingPrecision.ts";

/** Software and precision as people write them. */
export interface StatedStack {
  /** Such as "vllm", "TensorRT-LLM 1.0"; default not known. */
  readonly engine?: string;
  /** Such as "fp8", "NVFP4", "awq", "w8a8"; default what the model is published in. */
  readonly precision?: string;
  /** As the catalogue or the Hub has it; a name may state the precision. */
  readonly modelName: string;
  readonly accelerator: CatalogAccelerator;
}

/** What a scenario holds of them. */
export interface ServingStack {
  readonly engine: string;
  readonly release: string;
  readonly format: string;
  readonly bits: ServingBits;
  /** What was not stated, in words. */
  readonly assumptions: readonly string[];
}

/**
 * Engine, release and bits of a serving as `readServingRow` reads them from the cells of a row: operands are no narrower
 * than the chip multiplies, and the cache has the bits that published launch settings give it.
 *
 * @throws RangeError on a precision that is not known
 * @example
 * import { findAccelerator, servingStack } from "isoflop";
 * const accelerator = findAccelerator("h100-sxm");
 * const stack = servingStack({ engine: "TensorRT-LLM v1.0", precision: "FP8", modelName: "Llama-3.1-8B", accelerator });
 * [stack.engine, stack.release, stack.bits.activations, stack.bits.kv]; // => ["trtllm", "1.0", 8, 8]
 */
export function servingStack(stated: StatedStack): ServingStack {
  requireOptions("servingStack", stated, ["engine", "precision", "modelName", "accelerator"]);
  const { engine: name = "", precision = "", modelName, accelerator } = stated;
  const { engine, release } = servingEngine(name);
  const assumptions: string[] = [];
  const of = { spelling: modelName, modelKey: modelName, engine, accelerator };
  const { format, bits } = servingPrecision(precision, of, assumptions);
  return { engine, release, format, bits, assumptions };
}
