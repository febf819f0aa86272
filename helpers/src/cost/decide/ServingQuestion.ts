import type { CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import type { EngineEstimate } from "../engine/EngineEstimate.ts";
import type { ServingLoad, ServingScenario } from "../engine/ServingScenario.ts";
import type { Ranged } from "../run/Ranged.ts";
import type { ServingFormat } from "./configurations/servingFormats.ts";
import type { ServingLayoutChoices } from "./configurations/servingLayouts.ts";
import type { DifferenceInterval } from "./differenceInterval.ts";

/** What a search makes least, or most of tokens a second. */
export type ServingObjective =
  | "usdPerMillionTokens"
  | "joulesPerToken"
  | "kgCo2ePerMillionTokens"
  | "tokensPerSPerDevice"
  | "tokensPerS"
  | "tpotS"
  | "ttftS";

/** Every objective by its name. */
export const servingObjectives = [
  "usdPerMillionTokens",
  "joulesPerToken",
  "kgCo2ePerMillionTokens",
  "tokensPerSPerDevice",
  "tokensPerS",
  "tpotS",
  "ttftS",
] as const satisfies readonly ServingObjective[];

/** Cards of one kind that may be used, and what they cost. */
export interface ServingOffer {
  /** A name that `findAccelerator` finds, or a sheet of `accelerators`. */
  readonly accelerator: string | CatalogAccelerator;
  /** Cards there are at most. */
  readonly devices: number;
  /** US dollars an accelerator hour; default the dated range of the catalogue, where it has one. */
  readonly usdPerHour?: Ranged;
  /** Watts of a serving node for each of its accelerators, at the wall; default `servingPower`. */
  readonly wattsPerDevice?: Ranged;
}

/** Seconds at a share of requests, such as the 99th percentile, for a scenario. */
export type ServingPercentiles = (
  scenario: ServingScenario,
  share: number,
) => { readonly ttftS: number; readonly tpotS: number };

/** Limits on latency. */
export interface LatencyLimits {
  /** Most seconds to the first token, and from one output token to the next. */
  readonly ttftS?: number;
  readonly tpotS?: number;
  /** Share of requests that shall be within them, such as .99; "mean" (the default) limits the means. */
  readonly at?: "mean" | number;
  /** Percentile over mean, where a stated factor is to do; or by a simulator. One of both with a share. */
  readonly factor?: number;
  readonly percentiles?: ServingPercentiles;
  /** Whether the value (default) or the upper end of the 80 % interval must be within the limits. */
  readonly by?: "value" | "interval80";
}

/** What a search goes over beside the offers and the load. */
export interface ServingChoices extends ServingLayoutChoices {
  /** Requests in an instance at once (decoding instance, where prefill is split off). Default powers of two and the most that fit. */
  readonly concurrency?: readonly number[];
  /** Tokens of a step at most. Default the engine's own. */
  readonly chunkTokens?: readonly number[];
  /** Names as tables have them ("bf16", "fp8", "nvfp4", "w4a16") or bits of your own. Default what the accelerator multiplies in. */
  readonly formats?: readonly (string | ServingFormat)[];
  /** "aggregated" (an instance prefills and decodes), "split", or both, the default. */
  readonly serving?: readonly ("aggregated" | "split")[];
}

/** What shall be served, on what, within which limits, and what is to be made least. */
export interface ServingQuestion {
  /** One offer or several, of which the best is taken. */
  readonly offers: readonly ServingOffer[];
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Requests that come whatever the layout. Without it the search chooses how many are served at once. */
  readonly load?: ServingLoad;
  readonly limits?: LatencyLimits;
  /** Default "tokensPerSPerDevice". */
  readonly objective?: ServingObjective;
  readonly choices?: ServingChoices;
  /** "vllm", "sglang", "trtllm"; default not stated. */
  readonly engine?: string;
  readonly release?: string;
  /** Share of the memory that weights and cache may take. Default .9, as engines reserve the rest. */
  readonly memoryShare?: number;
  /** Power of the data centre over that of its nodes. Default 1: the nodes alone. */
  readonly pue?: Ranged;
  /** Kilograms of CO2 equivalent a kilowatt hour; needed for carbon. */
  readonly carbonIntensity?: Ranged;
  /** Configurations to give back, best first. Default 20. */
  readonly keep?: number;
  /** Default `estimateEngine`. */
  readonly estimator?: (scenario: ServingScenario) => EngineEstimate;
  /**
   * How sure a difference of two is. Default `calibratedDifference`; with an estimator of your own as if errors were
   * independent.
   */
  readonly differenceInterval?: DifferenceInterval;
  /** Called every thousand configurations. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}
