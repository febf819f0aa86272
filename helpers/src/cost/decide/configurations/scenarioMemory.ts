import { requireEfficiency, requireWhole } from "../../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { kvCache } from "../../arithmetic/kvCache.ts";
import type { ServingInstances, ServingScenario } from "../../engine/ServingScenario.ts";
import { servingCacheBytes, servingWeightBytes } from "./servingBytes.ts";

/** How a scenario's memory is asked for. */
export interface ScenarioMemoryOptions {
  /** Requests that shall be held at once, all instances together. Default 1. */
  readonly requests?: number;
  /** The instances that decode (default), or those that only prefill, which hold prompts. */
  readonly of?: "serve" | "prefill";
  /** Share of the memory that weights and cache may take. Default .9, as engines reserve the rest. */
  readonly memoryShare?: number;
}

/** What the fullest device of a scenario's instances holds, and what would fit. */
export interface ScenarioMemory {
  readonly fits: boolean;
  readonly weightBytesPerDevice: number;
  readonly cacheBytesPerDevice: number;
  readonly usableBytesPerDevice: number;
  /** Most requests at once, all instances together; 0 where the weights leave no room for one, Infinity where none is kept. */
  readonly largestBatch: number;
}

/**
 * Weights and caches on the fullest device of a scenario's instances.
 *
 * Requests of a static batch end together, so that each holds p + o tokens at the end; others began at different times, and
 * r of them in a group of attention hold p + o (1/2 + 1/sqrt(3 r)) each: half of the output, and two standard deviations of
 * the sum. `searchServing` goes by the same.
 *
 * @throws RangeError on counts outside their domain, instances that the scenario has not, or devices that do not divide the
 *   heads
 * @example
 * import { findAccelerator, modelNamed, scenarioMemory } from "isoflop";
 * const layout = {
 *   tensorParallel: 2, pipelineParallel: 1, attentionDataParallel: 1, expertParallel: 1, expertTensorParallel: 2,
 * };
 * const memory = scenarioMemory({
 *   model: modelNamed("Llama-3.1-70B"), modelKey: "Llama-3.1-70B", accelerator: findAccelerator("h100-sxm"),
 *   acceleratorKey: "h100-sxm-80gb", bits: { weights: 8, activations: 8, kv: 8 }, format: "fp8", engine: "", release: "",
 *   serve: { instances: 1, layout }, load: { kind: "static", batch: 8 }, promptTokens: 1024, outputTokens: 1024,
 *   assumptions: [],
 * }, { requests: 8 });
 * [memory.fits, memory.largestBatch]; // => [true, 212]
 */
export function scenarioMemory(
  scenario: ServingScenario,
  options: ScenarioMemoryOptions = {},
): ScenarioMemory {
  requireOptions("scenarioMemory", options, ["requests", "of", "memoryShare"]);
  const { requests = 1, of = "serve", memoryShare = 0.9 } = options;
  requireWhole("requests", requests, 1, "give the requests at once");
  requireEfficiency("memoryShare", memoryShare);
  const instances = scenario[of];
  if (instances === undefined) {
    throw new RangeError(
      `of must be "serve" where prefill is not split off, got ${JSON.stringify(of)}; leave it out`,
    );
  }
  const { model, bits, accelerator } = scenario;
  const weightBytesPerDevice = servingWeightBytes(model, instances.layout, bits);
  const usableBytesPerDevice = accelerator.memoryBytes * memoryShare;
  const bytesOf = cacheOf(scenario, instances, of);
  const groups = instances.instances * instances.layout.attentionDataParallel;
  const room = usableBytesPerDevice - weightBytesPerDevice;
  const cacheBytesPerDevice = bytesOf(Math.ceil(requests / groups));
  return {
    fits: cacheBytesPerDevice <= room,
    weightBytesPerDevice,
    cacheBytesPerDevice,
    usableBytesPerDevice,
    largestBatch: groups * mostWithin(room, bytesOf),
  };
}

/** Bytes of cache on a device for so many requests of its group. */
function cacheOf(
  { model, bits, load, promptTokens, outputTokens: all }: ServingScenario,
  { layout }: ServingInstances,
  of: "serve" | "prefill",
): (inGroup: number) => number {
  const outputTokens = of === "prefill" ? 0 : all;
  if (load.kind !== "static" && of === "serve") {
    const bytes = servingCacheBytes(model, { promptTokens, outputTokens });
    return (inGroup) => bytes(layout, bits, inGroup * layout.attentionDataParallel);
  }
  const { tensorParallel, pipelineParallel } = layout;
  const tokens = promptTokens + outputTokens;
  const whole = kvCache(model, { tokens, bits: bits.kv, tensorParallel }).bytesPerDevice;
  const nLayers = model.layers.length;
  const one = (whole * Math.ceil(nLayers / pipelineParallel)) / nLayers;
  return (inGroup) => inGroup * one;
}

/** The most requests whose bytes, which grow with them, stay within the room. */
function mostWithin(room: number, bytesOf: (requests: number) => number): number {
  if (room < 0 || bytesOf(1) > room) return 0;
  if (bytesOf(1) === 0) return Infinity;
  let low = 1;
  while (bytesOf(2 * low) <= room) low *= 2;
  let high = 2 * low;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (bytesOf(middle) <= room) low = middle;
    else high = middle;
  }
  return low;
}
