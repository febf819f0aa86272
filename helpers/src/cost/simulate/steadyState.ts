import { refusal, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { StepClock } from "../engine/EngineStep.ts";
import { type Length, requireLength } from "./Length.ts";
import { checkPolicy, type ServingPolicy } from "./ServingPolicy.ts";
import { requireLoad, type SimulatedLoad } from "./SimulatedLoad.ts";
import { closedState } from "./steady/closedState.ts";
import { mostRequestsPerS } from "./steady/InstanceState.ts";
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
   * their course (`spread`). Default `lockstep` where all lengths are equal, else `spread`.
   */
  readonly phases?: "lockstep" | "spread";
}

/** Means of a steady state. */
export interface SteadyState {
  readonly ttftS: number;
  readonly tpotS: number;
  readonly e2eS: number;
  /** Of all instances together. */
  readonly requestsPerS: number;
  readonly outputTokensPerS: number;
  /** Requests that decode at the same time in an instance. */
  readonly decoding: number;
  /** Prompt tokens that an instance computes in a step, on the average over all steps. */
  readonly promptTokensPerStep: number;
  /** Requests a second over the most that the engine can serve with these lengths: 1 and above is overload. */
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
 * import { steadyState } from "isoflop";
 * const clock = ({ promptTokens, decoding }) => 0.01 + 1e-5 * promptTokens + 1e-4 * decoding;
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
  const equal = typeof lengths.prompt === "number" && typeof lengths.output === "number";
  const { phases = equal ? "lockstep" : "spread" } = serving;
  requireOneOf("phases", phases, ["lockstep", "spread"]);
  const times = new StepTimes(clock, lengths, checkPolicy(serving.policy));
  const one =
    load.kind === "static"
      ? staticState(times, load.batch, lengths)
      : load.kind === "open"
        ? openState(times, load.requestsPerS / instances)
        : closedState(times, load.kind === "closed" ? load.concurrency / instances : Infinity, phases);
  const output = times.outputTokens;
  const requestsPerS = one.requestsPerS * instances;
  return {
    ttftS: one.ttftS,
    tpotS: one.tpotS,
    e2eS: one.ttftS + one.tpotS * (output - 1),
    requestsPerS,
    outputTokensPerS: requestsPerS * output,
    decoding: one.decoding,
    promptTokensPerStep: one.requestsPerS * times.promptTokens * one.stepS,
    load: one.requestsPerS / mostRequestsPerS(times),
  };
}
