import {
  refusal,
  requireNonNegative,
  requirePositive,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { StepClock } from "../engine/EngineStep.ts";
import { askedRequests } from "./askedRequests.ts";
import type { CacheTransfer } from "./CacheTransfer.ts";
import { Fleet } from "./fleet/Fleet.ts";
import { Measured } from "./fleet/Measured.ts";
import { RequestTable } from "./fleet/RequestTable.ts";
import { type Length, requireLength } from "./Length.ts";
import { runOf } from "./runOf.ts";
import { type CheckedPolicy, checkPolicy, type ServingPolicy } from "./ServingPolicy.ts";
import type { ServingRun } from "./ServingRun.ts";
import { requireLoad, type SimulatedLoad } from "./SimulatedLoad.ts";

/** Instances that only prefill. */
export interface PrefillInstances {
  /** Seconds of a step of one of them. */
  readonly clock: StepClock;
  readonly instances: number;
  /** Default that of those that decode; its `prefixHitShare` counts. */
  readonly policy?: ServingPolicy;
  readonly transfer: CacheTransfer;
}

/** What a user is to be kept to; seconds. */
export interface ServingLimits {
  readonly ttftS?: number;
  readonly tpotS?: number;
  readonly e2eS?: number;
}

/** A load, an engine, and how to count. */
export interface SimulatedServing {
  /** Seconds of a step of one instance. */
  readonly clock: StepClock;
  readonly load: SimulatedLoad;
  /** Lengths of the requests; a trace has its own. */
  readonly lengths?: { readonly prompt: Length; readonly output: Length };
  /** Requests that come. Default of a closed loop ten times the concurrency, of a static load its batch, of a trace all; else 1000. */
  readonly requests?: number;
  readonly policy?: ServingPolicy;
  /** Instances that serve (that decode, where prefill is split off). Default 1. */
  readonly instances?: number;
  /** Which instance a request goes to: in turn (default), or that with the fewest requests. */
  readonly routing?: "roundRobin" | "leastLoaded";
  readonly prefill?: PrefillInstances;
  readonly limits?: ServingLimits;
  /** The first requests, which are not counted. Default 0, as benchmark tools do. */
  readonly warmup?: number;
  /** The last requests, which are not counted. Default 0. */
  readonly cooldown?: number;
  /** Seed of lengths, arrivals and accepted drafts. Default 0. */
  readonly seed?: number;
}

/**
 * Serves requests step by step with in-flight batching, as an engine does: before every step the scheduler chooses who decodes
 * and whose prompt is computed, the clock says how long that takes, and tokens come when the step ends. Discrete events, exact
 * for the clock and the policy given; the same seed gives the same run.
 *
 * A request waits until a step begins for it, its prompt is computed in one step or several (the last gives the first token),
 * and every step after gives it one token (with a draft: more) until it has all. In a closed loop the next request comes when
 * one ends. With split instances the first token is counted when its cache has arrived.
 *
 * Source: the scheduler of vLLM (vllm/v1/core/sched/scheduler.py) for the order, the token budget, the blocks and who is thrown
 * out; TensorRT-LLM's capacity policies for `admission`; vLLM's benchmark for arrivals, ranges of lengths and what is measured.
 *
 * @throws RangeError on counts outside their domain, a request that the cache can never hold, or a clock that gives no seconds
 * @example
 * import { type StepClock, simulateServing } from "isoflop";
 * const clock: StepClock = ({ promptTokens, decoding }) => 0.01 + 1e-5 * promptTokens + 1e-4 * decoding;
 * const run = simulateServing({
 *   clock, load: { kind: "closed", concurrency: 8 }, lengths: { prompt: 1000, output: 101 }, requests: 8,
 * });
 * run.ttftS.p50.toFixed(3); // => "0.090"
 * run.tpotS.mean.toFixed(5); // => "0.01080"
 */
export function simulateServing(serving: SimulatedServing): ServingRun {
  const { policy, prefillPolicy } = checkServing(serving);
  const { clock, load, instances = 1, routing = "roundRobin", prefill, seed = 0 } = serving;
  const isStatic = load.kind === "static";
  const all: CheckedPolicy = isStatic
    ? { ...policy, kind: "whole", maxTokens: Infinity, maxRequests: Infinity }
    : prefill && policy.kind === "prefillFirst"
      ? // Where others prefill only what was thrown out is computed, beside those that decode.
        { ...policy, kind: "whole" }
      : policy;
  const asked = askedRequests(serving, prefill ? prefillPolicy : all, seed);
  const table = new RequestTable(asked);
  requireRoom(table, all, "outputTokens");
  if (prefill) requireRoom(table, prefillPolicy, "prompts");
  const measured = new Measured();
  const fleet = new Fleet({
    table,
    measured,
    routing,
    decoders: { clock, instances, policy: all },
    ...(prefill && {
      prefillers: { clock: prefill.clock, instances: prefill.instances, policy: prefillPolicy },
      transfer: prefill.transfer,
    }),
    random: new Random(seed, 3),
    warmup: serving.warmup ?? 0,
    cooldown: serving.cooldown ?? 0,
  });
  fleet.run(load, asked.arrivalS);
  return runOf(table, measured, serving, fleet.instanceCount);
}

function requireRoom(table: RequestTable, policy: CheckedPolicy, what: "outputTokens" | "prompts"): void {
  const capacity = Math.floor(policy.kvTokens / policy.blockTokens);
  for (let i = 0; i < table.count; i++) {
    const tokens = table.promptTokens[i]! + (what === "prompts" ? 0 : table.outputTokens[i]!);
    if (Math.ceil(tokens / policy.blockTokens) <= capacity) continue;
    throw new RangeError(
      `request ${i} needs ${tokens} tokens of cache, more than policy.kvTokens ${policy.kvTokens} holds in blocks of ${policy.blockTokens}; give a larger cache or shorter requests`,
    );
  }
}

const machine = ["clock", "policy", "instances", "routing", "prefill"] as const;
const asking = ["load", "lengths", "requests", "seed"] as const;
const counting = ["limits", "warmup", "cooldown"] as const;

function checkServing(serving: SimulatedServing) {
  requireOptions("simulateServing", serving, [...machine, ...asking, ...counting]);
  const { clock, load, lengths, requests, instances = 1, routing = "roundRobin", prefill, limits } = serving;
  if (typeof clock !== "function") {
    throw refusal("clock", "must be a function of a step", String(clock), "take that of engineClock");
  }
  requireLoad(load);
  if (load.kind === "trace") {
    if (lengths !== undefined) throw new RangeError("a trace has lengths of its own; leave lengths out");
  } else {
    requireOptions("lengths", (lengths ?? {}) as NonNullable<typeof lengths>, ["prompt", "output"]);
    requireLength("lengths.prompt", lengths?.prompt as Length);
    requireLength("lengths.output", lengths?.output as Length);
  }
  if (requests !== undefined) requireWhole("requests", requests, 1, "give how many come");
  if (load.kind === "static" && requests !== undefined && requests !== load.batch) {
    throw refusal("requests", `must be the batch ${load.batch} of a static load`, requests, "leave it out");
  }
  if (load.kind === "trace" && requests !== undefined && requests > load.trace.length) {
    throw refusal(
      "requests",
      `must be at most the ${load.trace.length} of the trace`,
      requests,
      "leave it out for all",
    );
  }
  requireWhole("instances", instances, 1, "1 is usual");
  requireOneOf("routing", routing, ["roundRobin", "leastLoaded"]);
  requireWhole("warmup", serving.warmup ?? 0, 0, "give requests");
  requireWhole("cooldown", serving.cooldown ?? 0, 0, "give requests");
  if (!Number.isFinite(serving.seed ?? 0))
    throw refusal("seed", "must be a finite number", serving.seed, "0 is usual");
  if (limits !== undefined) {
    requireOptions("limits", limits, ["ttftS", "tpotS", "e2eS"]);
    for (const [name, value] of Object.entries(limits)) {
      if (value !== undefined) requirePositive(`limits.${name}`, value, "give seconds");
    }
  }
  const policy = checkPolicy(serving.policy);
  if (prefill === undefined) return { policy, prefillPolicy: policy };
  requireOptions("prefill", prefill, ["clock", "instances", "policy", "transfer"]);
  if (typeof prefill.clock !== "function") {
    throw refusal(
      "prefill.clock",
      "must be a function of a step",
      String(prefill.clock),
      "take that of engineClock",
    );
  }
  requireWhole("prefill.instances", prefill.instances, 1, "1 is usual");
  requireOptions("transfer", prefill.transfer, ["bytesPerToken", "bytesPerS", "latencyS"]);
  requireNonNegative("transfer.bytesPerToken", prefill.transfer.bytesPerToken, "take that of kvCache");
  requirePositive("transfer.bytesPerS", prefill.transfer.bytesPerS, "give the rate of the link");
  requireNonNegative("transfer.latencyS", prefill.transfer.latencyS ?? 0, "give seconds");
  if (load.kind === "static") {
    throw new RangeError("a static load has no split instances; give a closed or an open one");
  }
  return { policy, prefillPolicy: checkPolicy(prefill.policy ?? serving.policy) };
}
