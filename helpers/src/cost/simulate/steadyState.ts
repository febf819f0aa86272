import { refusal, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { StepClock } from "../engine/EngineStep.ts";
import { type Length, requireLength } from "./Length.ts";
import { checkPolicy, type ServingPolicy } from "./ServingPolicy.ts";
import { requireLoad, type SimulatedLoad } from "./SimulatedLoad.ts";
import { closedState } from "./steady/closedState.ts";
import { type InstanceState, mostRequestsPerS } from "./steady/InstanceState.ts";
import { openState } from "./steady/openState.ts";
import { StepTimes } from "./steady/StepTimes.ts";
import { staticState } from "./steady/staticState.ts";

/** A load and an engine in their steady state. */
export interface SteadyServing {
  /** Seconds of a step of one instance. */
  readonly clock: StepClock;
  readonly load: SimulatedLoad;
  readonly lengths: { readonly prompt: Length; readonly output: Length };
  readonly policy?: ServingPolicy;
  /** Instances that share the load evenly. Default 1. */
  readonly instances?: number;
  /**
   * Of a closed loop: whether requests that began together stay together (`lockstep`, which equal lengths do), or are spread over
   * their course (`spread`). Default `lockstep` where all lengths are equal and nothing is staggered, else `spread`.
   */
  readonly phases?: "lockstep" | "spread";
}

/** Means of a steady state. */
export interface SteadyState {
  readonly ttftS: number;
  readonly tpotS: number;
  readonly e2eS: number;
  /** Of all instances together; in an overload the most that they serve. */
  readonly requestsPerS: number;
  readonly outputTokensPerS: number;
  /** Requests that decode at the same time in an instance. */
  readonly decoding: number;
  /** Prompt tokens that an instance computes in a step, on the average over all steps. */
  readonly promptTokensPerStep: number;
  /** Requests a second (of an open load those that arrive) over the most that the engine can serve with these lengths: 1 and above is overload. */
  readonly load: number;
}

/**
 * What {@link simulateServing} comes to in the long run, in closed form: microseconds instead of a simulation.
 *
 * With D requests decoding, T = τ(D)/(1 − λx): a step without prompts, and what the prompts add that arrive meanwhile (λ requests
 * a second, x seconds each). D follows from D = λ·steps·T (Little). In an open loop a request waits for the end of the step in
 * which it comes and is computed in the next, so that
 * ttft = E[T²]/2E[T] + τ + x + λx·E[T²]/E[T], with Var T = λE[T]x²/(1 − (λx)²), unless it finds the engine idle. Slots
 * that run out add the wait of a queue with as many servers.
 *
 * @throws RangeError on counts outside their domain, or a trace, which has no steady state
 * @example
 * import { type StepClock, steadyState } from "isoflop";
 * const clock: StepClock = ({ promptTokens, decoding }) => 0.01 + 1e-5 * promptTokens + 1e-4 * decoding;
 * const { tpotS, load } = steadyState({
 *   clock, load: { kind: "open", requestsPerS: 10 }, lengths: { prompt: 1024, output: 256 },
 * });
 * [tpotS.toFixed(4), load.toFixed(2)]; // => ["0.0157", "0.38"]
 */
export function steadyState(serving: SteadyServing): SteadyState {
  requireOptions("steadyState", serving, ["clock", "load", "lengths", "policy", "instances", "phases"]);
  const { clock, load, lengths, instances = 1 } = serving;
  if (typeof clock !== "function") {
    throw refusal("clock", "must be a function of a step", String(clock), "take that of engineClock");
  }
  requireLoad(load);
  if (load.kind === "trace") {
    throw new RangeError("a trace has no steady state; simulate it, or give its rate as an open load");
  }
  requireOptions("lengths", lengths, ["prompt", "output"]);
  requireLength("lengths.prompt", lengths.prompt);
  requireLength("lengths.output", lengths.output);
  requireWhole("instances", instances, 1, "1 is usual");
  if (load.kind === "open" && "burstiness" in load && (load.burstiness ?? 1) !== 1) {
    throw refusal(
      "load.burstiness",
      "must be 1, Poisson, in closed form",
      load.burstiness,
      "simulate bursts",
    );
  }
  const policy = checkPolicy(serving.policy);
  const { draftTokens, acceptance } = policy;
  const isEqual = typeof lengths.prompt === "number" && typeof lengths.output === "number";
  const isCertain = draftTokens === 0 || acceptance === 0 || acceptance === 1;
  const isTogether = !("staggerS" in load && load.staggerS);
  const { phases = isEqual && isCertain && isTogether ? "lockstep" : "spread" } = serving;
  requireOneOf("phases", phases, ["lockstep", "spread"]);
  const times = new StepTimes(clock, lengths, policy);
  const held = Math.ceil(times.heldTokens / policy.blockTokens);
  if (load.kind !== "static" && held > Math.floor(policy.kvTokens / policy.blockTokens)) {
    throw refusal(
      "policy.kvTokens",
      `must hold a request, ${held} blocks of ${policy.blockTokens} tokens`,
      policy.kvTokens,
      "give a larger cache or shorter requests",
    );
  }
  const alone = times.step(1, 1);
  if (!(typeof alone === "number" && alone > 0 && alone < Infinity)) {
    throw refusal("clock", "must give finite seconds > 0", alone, "mend the clock");
  }
  const most = mostRequestsPerS(times);
  if (load.kind === "closed") {
    return together(times, most, shareOut(load.concurrency, instances), (n) => closedState(times, n, phases));
  }
  if (load.kind === "static") {
    return together(times, most, shareOut(load.batch, instances), (n) => staticState(times, n, lengths));
  }
  const one =
    load.kind === "open"
      ? openState(times, load.requestsPerS / instances)
      : closedState(times, Infinity, "spread");
  const state = together(times, most, [{ requests: 0, instances }], () => one);
  if (load.kind === "offline" || state.load < 1) return state;
  const requestsPerS = instances * most;
  return { ...state, requestsPerS, outputTokensPerS: requestsPerS * times.outputTokens };
}

interface Share {
  readonly requests: number;
  readonly instances: number;
}

/** Whole requests of each instance: some have one more than others, and some perhaps none. */
function shareOut(requests: number, instances: number): Share[] {
  const each = Math.floor(requests / instances);
  const more = requests % instances;
  return [
    { requests: each, instances: instances - more },
    { requests: each + 1, instances: more },
  ].filter((share) => share.requests > 0 && share.instances > 0);
}

/** Instances with their shares of the load as one: means over requests, and over the instances that have any. */
function together(
  times: StepTimes,
  most: number,
  shares: readonly Share[],
  stateOf: (requests: number) => InstanceState,
): SteadyState {
  let asked = 0;
  let instances = 0;
  const sums = { ttftS: 0, tpotS: 0, decoding: 0, promptTokens: 0 };
  for (const share of shares) {
    const one = stateOf(share.requests);
    const rate = one.requestsPerS * share.instances;
    asked += rate;
    instances += share.instances;
    sums.ttftS += rate * one.ttftS;
    sums.tpotS += rate * one.tpotS;
    sums.decoding += share.instances * one.decoding;
    sums.promptTokens += share.instances * one.requestsPerS * times.promptTokens * one.stepS;
  }
  const ttftS = sums.ttftS / asked;
  const tpotS = sums.tpotS / asked;
  const load = asked / (instances * most);
  const { outputTokens } = times;
  return {
    ttftS,
    tpotS,
    e2eS: ttftS + (outputTokens > 1 ? tpotS * (outputTokens - 1) : 0),
    requestsPerS: asked,
    outputTokensPerS: asked * outputTokens,
    decoding: sums.decoding / instances,
    promptTokensPerStep: sums.promptTokens / instances,
    load,
  };
}
