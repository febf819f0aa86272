import { requireAbove, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { usdPerMillionTokens } from "../serving/usdPerMillionTokens.ts";
import type { EngineEstimate, Estimated } from "./EngineEstimate.ts";
import { estimateEngine } from "./estimateEngine.ts";
import type { ServingScenario } from "./ServingScenario.ts";

/** What serving is like at one load. */
export interface LoadPoint {
  /** Requests in the system at all times, all instances together. */
  readonly concurrency: number;
  readonly estimate: EngineEstimate;
  /** Output tokens a second of one device. */
  readonly tokensPerSPerDevice: Estimated;
  /** US dollars for a million output tokens, prompts included in the price; absent where no rent was given. */
  readonly usdPerMillionTokens?: Estimated;
}

/** Loads and prices of a curve. */
export interface LoadCurveOptions {
  /** Requests in the system at all times, rising or not. */
  readonly concurrencies: readonly number[];
  /** Rent of one device an hour, in US dollars. */
  readonly usdPerHour?: number;
  /** What estimates a scenario; default `estimateEngine`. Give your own calibration's. */
  readonly estimate?: (scenario: ServingScenario) => EngineEstimate;
}

/**
 * A scenario under one closed load after the other: latency, output tokens a second of a device, and what a million of them
 * cost, devices · usdPerHour/3600/tokensPerS · 10⁶. Cost falls as throughput rises, so that its interval is the throughput's
 * with the ends exchanged; the rent is taken as exact. The load of the scenario itself does not matter.
 *
 * @returns a point for each concurrency, in the order given
 * @throws RangeError when there is no concurrency, one is no whole number from 1, or the rent is not > 0
 * @throws TypeError on an option that is not known
 * @example
 * import { accelerators, loadCurve, modelNamed } from "isoflop";
 * const layout = {
 *   tensorParallel: 1, pipelineParallel: 1, attentionDataParallel: 1, expertParallel: 1, expertTensorParallel: 1,
 * };
 * const curve = loadCurve(
 *   {
 *     model: modelNamed("Llama-3.1-8B"), modelKey: "Llama-3.1-8B",
 *     accelerator: accelerators["h100-sxm-80gb"], acceleratorKey: "h100-sxm-80gb",
 *     bits: { weights: 8, activations: 8, kv: 8 }, format: "fp8", engine: "vllm", release: "",
 *     serve: { instances: 1, layout }, load: { kind: "closed", concurrency: 1 },
 *     promptTokens: 1024, outputTokens: 1024, assumptions: [],
 *   },
 *   { concurrencies: [1, 8, 64], usdPerHour: 2.5 },
 * );
 * curve.map((point) => point.concurrency); // => [1, 8, 64]
 * curve[2]!.usdPerMillionTokens!.value < curve[0]!.usdPerMillionTokens!.value; // => true
 */
export function loadCurve(scenario: ServingScenario, options: LoadCurveOptions): LoadPoint[] {
  requireOptions("loadCurve", options, ["concurrencies", "usdPerHour", "estimate"]);
  const { concurrencies, usdPerHour, estimate = estimateEngine } = options;
  if (!Array.isArray(concurrencies) || concurrencies.length === 0) {
    throw new RangeError("loadCurve needs one concurrency or more; give concurrencies, such as [1, 8, 64]");
  }
  for (const one of concurrencies) requireWhole("concurrency", one, 1, "give the requests in the system");
  if (usdPerHour !== undefined) {
    requirePositive("usdPerHour", usdPerHour, "give the rent of one device, or leave it out");
  }
  return concurrencies.map((concurrency): LoadPoint => {
    const at = estimate({ ...scenario, load: { kind: "closed", concurrency } });
    requireAbove("devices of the estimate", at.devices, 0, "count those of all instances");
    const cost = (tokensPerS: number) =>
      tokensPerS > 0
        ? usdPerMillionTokens({ tokensPerS, accelerators: at.devices, usdPerHour: usdPerHour! })
        : Infinity;
    return {
      concurrency,
      estimate: at,
      tokensPerSPerDevice: mapped(at.tokensPerS, (tokens) => tokens / at.devices),
      ...(usdPerHour !== undefined && { usdPerMillionTokens: mapped(at.tokensPerS, cost) }),
    };
  });
}

/** An estimate through a function that rises or falls: the ends of its intervals stay in order. */
function mapped({ value, interval80, interval95 }: Estimated, through: (value: number) => number): Estimated {
  const ends = ([low, high]: readonly [number, number]): readonly [number, number] => {
    const [a, b] = [through(low), through(high)];
    return a <= b ? [a, b] : [b, a];
  };
  return { value: through(value), interval80: ends(interval80), interval95: ends(interval95) };
}
