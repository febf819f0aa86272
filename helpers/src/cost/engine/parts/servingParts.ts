import { requireScenario } from "../requireScenario.ts";
import type { ServingScenario } from "../ServingScenario.ts";
import { decodingRequests } from "./decodingRequests.ts";
import { firstToken } from "./firstToken.ts";
import { kvCapacity } from "./kvCapacity.ts";
import { ServingPasses } from "./ServingPasses.ts";

/** Ideal seconds of the parts of both times of a scenario, and what they rest on. */
export interface ServingParts {
  readonly ttft: Float64Array;
  readonly tpot: Float64Array;
  /** Requests that decode at a time in one instance. */
  readonly decoding: number;
  /** Requests that one instance can hold. */
  readonly capacity: number;
  /** Requests in the system, of all instances, where the load says so; else those that are served at a time. */
  readonly inSystem: number;
  /** Arrivals that could be served over those of the load; Infinity where a load is no arrivals but waits for answers. */
  readonly headroom: number;
  /** Parts of the seconds of the whole system an output token, where it is at work all the time. */
  readonly perToken: Float64Array;
  readonly notes: readonly string[];
}

/**
 * Parts of time to first and per output token.
 *
 * In a steady state each request of the batch needs its prompt computed once in outputTokens steps, so that a token of one
 * waits for decoding/outputTokens prompts of others: tpot = decode step + (decoding/outputTokens)·prompt. The first token comes after
 * the prompt's own pass beside the others' decoding, what surrounds it, a share of the prompts that came at the same time, and,
 * where the cache holds fewer than are in the system, after waiting for a place.
 *
 * @param constants of the parts, by which requests at a time are worked out; default their medians before any measurement
 * @throws RangeError on counts outside their domain
 * @example
 * import { readServingRow, servingParts } from "isoflop";
 * const scenario = readServingRow({ model: "Llama-3.1-8B", hardware: "h100_sxm", precision: "bf16", engine: "vllm", tp: 1,
 *   batch: 4096, load: "closed loop, concurrency", isl: 1024, osl: 512 });
 * if ("why" in scenario) throw new Error(scenario.why);
 * const { decoding, notes } = servingParts(scenario);
 * [decoding < 4096, notes.length]; // => [true, 1]
 */
export function servingParts(scenario: ServingScenario, constants?: ArrayLike<number>): ServingParts {
  requireScenario(scenario);
  const { serve, load, promptTokens, outputTokens, engine } = scenario;
  const passes = new ServingPasses(scenario, constants);
  const capacity = kvCapacity(passes.machine, engine, promptTokens, outputTokens);
  const notes: string[] = [];
  const requests = decodingRequests(scenario, passes, capacity, notes);
  const { most, inSystem } = requests;
  let decoding = most;
  let tpot = passes.perToken(decoding);
  let first = firstToken(scenario, passes, requests, decoding, tpot, notes);
  if (load.kind === "closed") {
    const each = inSystem / serve.instances;
    // Of those in the system some wait for their first token, and only the others decode (Little's law).
    for (let round = 0; round < 3; round++) {
      const apart = (outputTokens - 1) * passes.secondsOf(tpot);
      const decodes = apart / (apart + passes.secondsOf(first.parts));
      decoding = Math.max(1, each <= capacity ? each * decodes : most);
      tpot = passes.perToken(decoding);
      first = firstToken(scenario, passes, requests, decoding, tpot, notes);
    }
  }
  const { parts: ttft, headroom } = first;
  const served = inSystem * outputTokens;
  const perToken = ttft.map((seconds, k) => (seconds + (outputTokens - 1) * tpot[k]!) / served);
  return { ttft, tpot, perToken, decoding, capacity, inSystem, headroom, notes };
}
