import { requireFraction } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { kvCache } from "../arithmetic/kvCache.ts";
import type { StepClock } from "../engine/EngineStep.ts";
import { engineClock } from "../engine/engineClock.ts";
import { handOverLink } from "../engine/parts/handOverLink.ts";
import type { ServingCalibration } from "../engine/ServingCalibration.ts";
import type { ServingInstances, ServingScenario } from "../engine/ServingScenario.ts";
import type { ServingPolicy } from "../simulate/ServingPolicy.ts";
import type { ServingRun } from "../simulate/ServingRun.ts";
import { simulateServing } from "../simulate/simulateServing.ts";
import { scenarioMemory } from "./configurations/scenarioMemory.ts";

/** How a scenario is simulated. */
export interface SimulateScenarioOptions {
  /** Requests; of a static load those of its batch. Default 1000. */
  readonly requests?: number;
  /** First requests that are not counted. Default 0. */
  readonly warmup?: number;
  readonly seed?: number;
  /** Lengths vary evenly from (1 − rangeRatio) of the stated ones to them. Default 0: all alike. */
  readonly rangeRatio?: number;
  /** Share of the memory that weights and cache may take. Default .9. */
  readonly memoryShare?: number;
  /** Constants of the clocks; default those of the published measurements. */
  readonly calibration?: ServingCalibration;
  /** Seconds of a step of the instances that `serve` names; default `engineClock`. */
  readonly clockOf?: (scenario: ServingScenario) => StepClock;
}

/** Tokens of a block of the cache. */
const blockTokens = 16;

/**
 * Simulates a scenario request by request: `simulateServing` with the clocks, the cache, the chunks, prefix hits and drafts of its
 * instances, requests sent to the instance with the fewest.
 *
 * @throws RangeError where the cache cannot hold a request, or no link is known over which split instances pass caches on
 * @example
 * import { readServingRow, simulateScenario } from "isoflop";
 * const scenario = readServingRow({ model: "Llama-3.1-8B", hardware: "h100_sxm", precision: "fp8", engine: "vllm", tp: 1,
 *   batch: 8, load: "closed loop, concurrency", isl: 512, osl: 64 });
 * if ("why" in scenario) throw new Error(scenario.why);
 * simulateScenario(scenario, { requests: 100 }).counted; // => 100
 */
export function simulateScenario(
  scenario: ServingScenario,
  options: SimulateScenarioOptions = {},
): ServingRun {
  requireOptions("simulateScenario", options, [
    "requests",
    "warmup",
    "seed",
    "rangeRatio",
    "memoryShare",
    "calibration",
    "clockOf",
  ]);
  const { requests = 1000, warmup = 0, seed = 0, rangeRatio = 0, memoryShare = 0.9 } = options;
  requireFraction("rangeRatio", rangeRatio);
  const { calibration, clockOf } = options;
  const { load, serve, prefill, promptTokens, outputTokens } = scenario;
  const length = (tokens: number) => (rangeRatio > 0 ? { tokens, rangeRatio } : tokens);
  const known = { ...(calibration && { calibration }) };
  return simulateServing({
    clock: clockOf ? clockOf(scenario) : engineClock(scenario, known),
    load,
    lengths: { prompt: length(promptTokens), output: length(outputTokens) },
    ...(load.kind !== "static" && { requests, warmup }),
    seed,
    instances: serve.instances,
    routing: "leastLoaded",
    policy: policyOf(scenario, serve, memoryShare),
    ...(prefill && {
      prefill: {
        clock: clockOf
          ? clockOf({ ...scenario, serve: prefill })
          : engineClock(scenario, { ...known, of: "prefill" }),
        instances: prefill.instances,
        policy: policyOf(prefillingOf(scenario, prefill), prefill, memoryShare),
        transfer: transferOf(scenario, prefill),
      },
    }),
  });
}

/** The instances that prefill as a scenario of their own: they hold prompts, and the first token. */
function prefillingOf(scenario: ServingScenario, prefill: ServingInstances): ServingScenario {
  const { prefill: _, draft: __, ...rest } = scenario;
  return { ...rest, serve: prefill, outputTokens: 1 };
}

/** What the scenario says of steps and prompts, and the tokens that the cache of one instance holds. */
function policyOf(
  scenario: ServingScenario,
  { instances }: ServingInstances,
  memoryShare: number,
): ServingPolicy {
  const { chunkTokens, prefixHitShare, draft, promptTokens, outputTokens } = scenario;
  // Requests are counted at full length, as those of a static batch are.
  const { largestBatch } = scenarioMemory(
    { ...scenario, load: { kind: "static", batch: 1 } },
    { memoryShare },
  );
  const held = Math.floor(largestBatch / instances);
  if (held === 0) {
    throw new RangeError(
      "an instance has no room in its cache for a request of this length, so that nothing can be simulated; split it over more devices, or store weights or cache in fewer bits",
    );
  }
  const blocks = Math.ceil((promptTokens + outputTokens) / blockTokens);
  return {
    blockTokens,
    ...(held < Infinity && { kvTokens: held * blockTokens * blocks }),
    ...(chunkTokens !== undefined && { maxTokens: chunkTokens }),
    ...(prefixHitShare !== undefined && { prefixHitShare }),
    ...(draft && { speculation: { draftTokens: draft.tokens, acceptance: draft.acceptance } }),
  };
}

/** The link from instances that prefill to those that decode; every device of one sends its part. */
function transferOf(
  { model, bits, accelerator, promptTokens }: ServingScenario,
  { layout }: ServingInstances,
) {
  const link = handOverLink(accelerator);
  if (link === undefined) {
    throw new RangeError(
      `no link of ${accelerator.name} is known over which caches go from one instance to another; let instances do both`,
    );
  }
  const { tensorParallel, pipelineParallel, attentionDataParallel } = layout;
  const { kvBytes, indexerBytes, stateBytes } = kvCache(model, { tokens: promptTokens, bits: bits.kv });
  return {
    bytesPerToken: (kvBytes + indexerBytes + stateBytes) / promptTokens,
    bytesPerS: link.bytesPerSEachWay * tensorParallel * pipelineParallel * attentionDataParallel,
  };
}
