import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireCalibration } from "./arguments/requireCalibration.ts";
import type { StepClock } from "./EngineStep.ts";
import { engineConstants } from "./engineConstants.ts";
import { engineMachine } from "./parts/EngineMachine.ts";
import { engineParts } from "./parts/partNames.ts";
import { addDecodeParts, addPromptParts } from "./parts/stepParts.ts";
import { publishedServing } from "./publishedServing.ts";
import { requireScenario } from "./requireScenario.ts";
import type { ServingCalibration } from "./ServingCalibration.ts";
import type { ServingLayout } from "./ServingLayout.ts";
import type { ServingScenario } from "./ServingScenario.ts";

/** Of what a clock is made. */
export interface EngineClockOptions {
  /** Default that of the published measurements. */
  readonly calibration?: ServingCalibration;
  /** Which instances: default those that decode; "prefill" where they are apart. */
  readonly of?: "serve" | "prefill";
}

/**
 * The clock of an engine: seconds of any step, by the calibrated constants of a scenario. It is what `simulateServing` and
 * `steadyState` run on; a step takes about a microsecond to work out.
 *
 * Requests that decode are taken to hold the mean number of cached tokens each.
 *
 * @example
 * import { engineClock, readServingRow } from "isoflop";
 * const scenario = readServingRow({ model: "Llama-3.1-8B", hardware: "h100_sxm", precision: "fp8", engine: "vllm", tp: 1,
 *   batch: 16, load: "closed loop, concurrency", isl: 1024, osl: 512 });
 * if ("why" in scenario) throw new Error(scenario.why);
 * const clock = engineClock(scenario);
 * const of = (decoding: number) => clock({ promptTokens: 0, promptPairs: 0, decoding, cachedTokens: 1024 * decoding });
 * of(32) > of(16) && of(32) < 2 * of(16); // => true
 * @throws RangeError where a clock of prefill is asked of a scenario without such instances
 */
export function engineClock(scenario: ServingScenario, options: EngineClockOptions = {}): StepClock {
  requireOptions("engineClock", options, ["calibration", "of"]);
  const { of = "serve", calibration = publishedServing() } = options;
  requireOneOf("of", of, ["serve", "prefill"]);
  requireCalibration(calibration);
  requireScenario(scenario);
  if (of === "prefill" && !scenario.prefill) {
    throw new RangeError(`of "prefill": the scenario has no such instances; leave it out`);
  }
  const { layout } = of === "prefill" ? scenario.prefill! : scenario.serve;
  return clockOf(scenario, layout, engineConstants(scenario, calibration));
}

function clockOf(scenario: ServingScenario, layout: ServingLayout, constants: Float64Array): StepClock {
  const machine = engineMachine(scenario, layout);
  const n = engineParts.length;
  const parts = new Float64Array(n);
  return ({ promptTokens, promptPairs, decoding, cachedTokens }) => {
    parts.fill(0);
    if (decoding > 0) addDecodeParts(machine, decoding, cachedTokens / decoding, parts);
    if (promptTokens > 0) addPromptParts(machine, promptTokens, promptPairs, decoding, parts);
    let seconds = 0;
    for (let k = 0; k < n; k++) seconds += constants[k]! * parts[k]!;
    return seconds;
  };
}
