import { forwardFlops } from "../arithmetic/forwardFlops.ts";
import { attainedShare } from "./parts/attainedShare.ts";
import { engineMachine } from "./parts/EngineMachine.ts";
import { engineParts, partAt } from "./parts/partNames.ts";
import { addDecodeParts } from "./parts/stepParts.ts";
import type { ServingScenario } from "./ServingScenario.ts";

/** Measured means of one run. */
export interface MeasuredTimes {
  readonly ttftS: number;
  readonly tpotS: number;
}

/**
 * Why no machine as described can have given both times, or undefined where one can: by Little's law a closed loop of C requests
 * completes C/(ttft + (o − 1)·tpot) requests a second, whose products must fit into the peak of the data sheet, and whose steps must
 * be no shorter than reading the weights once. Runs beyond that had prompts in a prefix cache, fewer requests at a time than asked,
 * a layout or precision other than written, or a client that read the stream late.
 *
 * @example
 * import { impossibleRow, readServingRow } from "isoflop";
 * const scenario = readServingRow({ model: "Llama-3.1-8B", hardware: "h200_sxm", precision: "fp8", engine: "vllm", tp: 1,
 *   batch: 64, load: "closed loop, concurrency", isl: 2000, osl: 100 });
 * "why" in scenario ? "" : impossibleRow(scenario, { ttftS: 0.12, tpotS: 0.0027 }) !== undefined; // => true
 */
export function impossibleRow(scenario: ServingScenario, times: MeasuredTimes): string | undefined {
  const { load, serve, prefill, promptTokens, outputTokens, model, accelerator, bits, speculative } =
    scenario;
  // Drafts let a step give several tokens, and instances apart share the work unequally.
  if (load.kind !== "closed" || prefill || speculative !== false) return undefined;
  const { ttftS, tpotS } = times;
  const machine = engineMachine(scenario, serve.layout);
  const decodeS = (outputTokens - 1) * tpotS;
  const perSecond = load.concurrency / (ttftS + decodeS) / serve.instances;
  const prompt = forwardFlops(model, { newTokens: promptTokens, logitTokens: 1 });
  const token = forwardFlops(model, {
    newTokens: 1,
    cached: promptTokens + outputTokens / 2,
    latent: "absorbed",
  });
  const flops = prompt.total + (outputTokens - 1) * token.total;
  const peak = machine.expertFlopsPerS / attainedShare(bits.activations) || accelerator.peakFlopsPerS[16];
  const used = (perSecond * flops) / (peak * machine.devices);
  if (used > 1) {
    return `${percent(used)} of the peak of ${machine.devices} ${accelerator.name}: ${perSecond.toFixed(2)} requests/s of ${promptTokens} + ${outputTokens} tokens by the times and ${load.concurrency} requests at a time`;
  }
  const parts = new Float64Array(engineParts.length);
  addDecodeParts(machine, Math.max(1, perSecond * decodeS), promptTokens, parts);
  const leastS = parts[partAt("weightBytes")]!;
  if (tpotS < leastS) {
    return `${(1e3 * tpotS).toFixed(2)} ms a token, less than the ${(1e3 * leastS).toFixed(2)} ms of reading the weights once`;
  }
  return undefined;
}

const percent = (share: number) => `${Math.round(100 * share)} %`;
