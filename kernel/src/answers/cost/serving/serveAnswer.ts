import {
  countParams,
  type EngineEstimate,
  estimateEngine,
  kvCache,
  type ServingCalibration,
  type ServingInstances,
  type ServingLoad,
  type ServingScenario,
} from "isoflop";
import { type ServedMemory, servedMemory } from "./servedMemory.ts";
import { type ServingPercentile, servingPercentiles } from "./servingPercentiles.ts";
import { type TokenPrice, usdOf } from "./usdOf.ts";

/** What is known beside the scenario. */
export interface ServeKnown {
  readonly usdPerHour?: number | undefined;
  readonly calibration?: ServingCalibration | undefined;
  /** Percentiles to simulate, such as 50 and 99. */
  readonly percents?: readonly number[] | undefined;
}

/** What serving is like, with intervals; and, beside it, the fields of the short form. */
export interface ServeAnswer extends EngineEstimate {
  readonly model: string;
  readonly accelerator: string;
  readonly engine: string;
  readonly precision: string;
  readonly bits: ServingScenario["bits"];
  readonly serve: ServingInstances;
  readonly prefill?: ServingInstances;
  readonly load: ServingLoad;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly params: { readonly total: number; readonly active: number };
  readonly weightBytesPerDevice: number;
  readonly kvBytesPerToken: number;
  /** The values of ttftS, tpotS and tokensPerS by the names of the short form. */
  readonly prefillSeconds: number;
  readonly decodeStepSeconds: { readonly mean: number };
  readonly tokensPerSecond: number;
  readonly memory: ServedMemory;
  /** Of the instances that only prefill, where there are such. */
  readonly prefillMemory?: ServedMemory;
  readonly usdPerMillionTokens?: TokenPrice;
  readonly percentiles?: readonly ServingPercentile[];
  readonly simulatedRequests?: number;
}

/** What serving a model on a machine under a load is like. */
export function serveAnswer(scenario: ServingScenario, known: ServeKnown = {}): ServeAnswer {
  const { model, accelerator, bits, serve, prefill, load, promptTokens, outputTokens } = scenario;
  const { calibration } = known;
  const estimate = estimateEngine(scenario, { ...(calibration && { calibration }) });
  const requests = heldRequests(load, estimate, serve);
  const memory = servedMemory(scenario, { requests, of: "serve" });
  const prefillMemory = prefill && servedMemory(scenario, { requests: 1, of: "prefill" });
  const simulated =
    known.percents && servingPercentiles(scenario, estimate, { percents: known.percents, calibration });
  const { total, active } = countParams(model);
  const usd = usdOf(estimate.tokensPerS, estimate.devices, accelerator, known.usdPerHour);
  return {
    model: model.name,
    accelerator: accelerator.name,
    engine: [scenario.engine, scenario.release].filter((part) => part !== "").join(" "),
    precision: scenario.format,
    bits,
    serve,
    ...(prefill && { prefill }),
    load,
    promptTokens,
    outputTokens,
    params: { total, active },
    weightBytesPerDevice: memory.weightBytesPerDevice,
    kvBytesPerToken: kvCache(model, { tokens: 1, bits: bits.kv }).kvBytesPerToken,
    prefillSeconds: estimate.ttftS.value,
    decodeStepSeconds: { mean: estimate.tpotS.value },
    tokensPerSecond: estimate.tokensPerS.value,
    ...estimate,
    ...(simulated && {
      assumptions: [...estimate.assumptions, ...simulated.notes],
      percentiles: simulated.percentiles,
      simulatedRequests: simulated.requests,
    }),
    memory,
    ...(prefillMemory && { prefillMemory }),
    ...(usd && { usdPerMillionTokens: usd }),
  };
}

/** Requests that are to be held at once, all instances together. */
function heldRequests(
  load: ServingLoad,
  { decoding }: EngineEstimate,
  { instances }: ServingInstances,
): number {
  if (load.kind === "closed") return load.concurrency;
  if (load.kind === "static") return load.batch;
  return Math.max(1, Math.ceil(decoding * instances));
}
