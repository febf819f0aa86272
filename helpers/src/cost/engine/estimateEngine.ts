import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type PartsPrediction, predictParts } from "../calibration/predictParts.ts";
import { requireCalibration } from "./arguments/requireCalibration.ts";
import type { EngineEstimate, Estimated } from "./EngineEstimate.ts";
import { engineConstants } from "./engineConstants.ts";
import { engineMachine } from "./parts/EngineMachine.ts";
import { cacheBytesPerDevice, weightBytesPerDevice } from "./parts/kvCapacity.ts";
import { type ServingParts, servingParts } from "./parts/servingParts.ts";
import { publishedServing } from "./publishedServing.ts";
import { requireScenario } from "./requireScenario.ts";
import type { ServingCalibration } from "./ServingCalibration.ts";
import type { ServingInstances, ServingScenario } from "./ServingScenario.ts";
import { servingLabels } from "./servingLabels.ts";

/** With what a scenario is estimated. */
export interface EstimateEngineOptions {
  /** Default that of the published measurements. */
  readonly calibration?: ServingCalibration;
}

/**
 * Time to first token, time per output token and throughput of an engine that runs in-flight batches, with intervals: parts of
 * the ideal time (`servingParts`) times constants that are calibrated on published measurements, by engine, accelerator and model.
 *
 * Intervals are of what a measurement would give: they were set so that measured rows of engines, machines and models that were
 * left out lie in them as often as they say, and are the wider the more of a scenario is new. Where prefill has instances of its
 * own or a load is open, both are in the parts; percentiles need `simulateServing`.
 *
 * @param scenario of `readServingRow`, or put together by hand
 * @throws RangeError on what is missing of a scenario or outside its domain, and on an option that is not known
 * @throws TypeError on a scenario without a model, or a calibration that is none
 * @example
 * import { estimateEngine, readServingRow } from "isoflop";
 * const scenario = readServingRow({ model: "Llama-3.1-70B", hardware: "h100_sxm", precision: "fp8", engine: "vllm", tp: 4,
 *   batch: 32, load: "closed loop, concurrency", isl: 1024, osl: 1024 });
 * if ("why" in scenario) throw new Error(scenario.why);
 * const { tpotS, inDistribution } = estimateEngine(scenario);
 * [tpotS.interval80[0] < tpotS.value, inDistribution]; // => [true, true]
 */
export function estimateEngine(
  scenario: ServingScenario,
  options: EstimateEngineOptions = {},
): EngineEstimate {
  requireOptions("estimateEngine", options, ["calibration"]);
  const { calibration = publishedServing() } = options;
  requireCalibration(calibration);
  requireScenario(scenario);
  const { serve, prefill, load } = scenario;
  const labels = servingLabels(scenario);
  // How many decode at an open load hangs on how long a token takes, and near saturation all on it.
  const parts =
    load.kind === "open"
      ? servingParts(scenario, engineConstants(scenario, calibration))
      : servingParts(scenario);
  const predict = (kind: "ttft" | "tpot" | "throughput", own: Float64Array) =>
    predictParts(calibration, { labels, kind, parts: own });
  const next = predict("tpot", parts.tpot);
  const first = predict("ttft", parts.ttft);
  const tokensPerS =
    load.kind === "offline"
      ? inverse(predict("throughput", parts.perToken))
      : throughput(first, next, parts, scenario);
  const { novelty } = next;
  const isKnown = (name: string) => !novelty.includes(name);
  const inDistribution = isKnown("model") && isKnown("accelerator") && isKnown("engine");
  return {
    ttftS: estimated(first),
    tpotS: estimated(next),
    tokensPerS,
    devices: devicesOf(serve) + (prefill ? devicesOf(prefill) : 0),
    decoding: parts.decoding,
    inDistribution,
    calibratedOn: `${calibration.nRows} measurements of serving`,
    assumptions: [
      ...scenario.assumptions,
      ...parts.notes,
      ...(novelty.length > 0 ? [`not among what was calibrated on: this ${novelty.join(", ")}`] : []),
      ...fitNotes(scenario),
    ],
  };
}

function estimated({ value, interval80, interval95 }: PartsPrediction): Estimated {
  return { value, interval80, interval95 };
}

function inverse({ value, interval80, interval95 }: PartsPrediction): Estimated {
  return {
    value: 1 / value,
    interval80: [1 / interval80[1], 1 / interval80[0]],
    interval95: [1 / interval95[1], 1 / interval95[0]],
  };
}

/**
 * Tokens a second of requests each of which takes ttft + (o − 1)·tpot; of arrivals that can be served, what they ask for. Both
 * times rise and fall together for the most part, so that ends of their intervals are taken together.
 */
function throughput(
  first: PartsPrediction,
  next: PartsPrediction,
  parts: ServingParts,
  scenario: ServingScenario,
): Estimated {
  const { load, outputTokens } = scenario;
  const at = (ttft: number, tpot: number) =>
    load.kind === "open"
      ? load.requestsPerS * outputTokens * Math.min(1, (parts.headroom * next.value) / tpot)
      : Math.min(
          (parts.inSystem * outputTokens) / (ttft + (outputTokens - 1) * tpot),
          most(parts, scenario, tpot),
        );
  const both = (level: "interval80" | "interval95"): readonly [number, number] => [
    at(first[level][1], next[level][1]),
    at(first[level][0], next[level][0]),
  ];
  return {
    value: at(first.value, next.value),
    interval80: both("interval80"),
    interval95: both("interval95"),
  };
}

/** Tokens a second of all that decode at a time, the first of each, which comes of its prompt, included. */
function most(
  { decoding }: ServingParts,
  { serve, prefill, load, outputTokens }: ServingScenario,
  tpot: number,
) {
  const steps = (serve.instances * decoding) / tpot;
  if (outputTokens > 1) return (steps * outputTokens) / (outputTokens - 1);
  // Of requests that end with their first token nobody decodes; in a closed loop tpot still holds a prompt for each.
  return load.kind === "closed" && !prefill ? steps : Infinity;
}

function devicesOf({ instances, layout }: ServingInstances): number {
  return instances * layout.tensorParallel * layout.pipelineParallel * layout.attentionDataParallel;
}

function fitNotes(scenario: ServingScenario): string[] {
  const { serve, prefill } = scenario;
  return [serve, ...(prefill ? [prefill] : [])].flatMap(({ layout }) => {
    const machine = engineMachine(scenario, layout);
    const bytes = weightBytesPerDevice(machine);
    const cache = cacheBytesPerDevice(machine, scenario.promptTokens + scenario.outputTokens);
    if (bytes <= machine.memoryBytes && bytes + cache > machine.memoryBytes) {
      return [
        `does not fit: the cache of one request takes ${gigabytes(cache)} GB of each device beside ${gigabytes(bytes)} GB of weights, which has ${gigabytes(machine.memoryBytes)}`,
      ];
    }
    if (bytes <= machine.memoryBytes) return [];
    return [
      `does not fit: weights take ${gigabytes(bytes)} GB of each device, which has ${gigabytes(machine.memoryBytes)}`,
    ];
  });
}

const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(0);
