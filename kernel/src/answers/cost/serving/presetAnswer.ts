import {
  type CatalogAccelerator,
  countParams,
  type EfficiencyPreset,
  efficiencyPresets,
  estimateServing,
  findAccelerator,
  kvCache,
  type Model,
} from "isoflop";
import { chosenStack } from "./chosenStack.ts";
import type { ServingChoice } from "./ServingChoice.ts";
import { type TokenPrice, usdOf } from "./usdOf.ts";

export const presetNames = ["ideal", "measured"] as const;
export type PresetName = (typeof presetNames)[number];

/** A static batch under the roofline. The names of its fields stay as they are: other programs read them. */
export interface PresetAnswer {
  readonly model: string;
  readonly accelerator: string;
  readonly preset: PresetName;
  /** Shares of the peaks that are taken, and where they are from. */
  readonly efficiency: Pick<EfficiencyPreset, "compute" | "memory" | "secondsPerLayer" | "source">;
  readonly devices: number;
  readonly batch: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly bits: { readonly weights: number; readonly activations: number; readonly kv: number };
  readonly params: { readonly total: number; readonly active: number };
  readonly weightBytesPerDevice: number;
  /** Of the whole model, all devices together. */
  readonly kvBytesPerToken: number;
  readonly prefillSeconds: number;
  readonly decodeStepSeconds: { readonly first: number; readonly mean: number; readonly last: number };
  readonly totalSeconds: number;
  readonly tokensPerSecond: number;
  readonly decodeBound: "memory" | "compute";
  readonly memory: {
    readonly fits: boolean;
    readonly kvBytesPerDevice: number;
    readonly largestBatch: number;
    readonly largestContext: number;
  };
  readonly usdPerMillionTokens?: TokenPrice;
  readonly assumptions: readonly string[];
}

/**
 * The short form of `isoflop cost serve`: a static batch at the peaks of the data sheet (`ideal`), or at the shares of them
 * that a preset was fitted to (`measured`).
 *
 * @throws RangeError as `estimateServing` does
 */
export function presetAnswer(
  model: Model,
  choice: ServingChoice,
  { preset, usdPerHour }: { readonly preset: PresetName; readonly usdPerHour?: number | undefined },
): PresetAnswer {
  const accelerator = findAccelerator(choice.accelerator);
  // What is not said has 16 bits here, whatever the model is published in.
  const { bits } = chosenStack({ precision: "bf16", ...choice }, accelerator, model.name);
  const { tp = 1, batch = choice.concurrency ?? 1 } = choice;
  const efficiency = preset === "ideal" ? ideal : measured(accelerator, bits.activations);
  const { compute, memory, secondsPerLayer } = efficiency;
  const estimate = estimateServing(model, {
    accelerator,
    promptTokens: choice.prompt,
    outputTokens: choice.output,
    batchSize: batch,
    tensorParallel: tp,
    weightBits: bits.weights,
    activationBits: bits.activations,
    kvBits: bits.kv,
    efficiency: { compute, memory, ...(secondsPerLayer !== undefined && { secondsPerLayer }) },
  });
  const { total, active } = countParams(model);
  const { tokensPerS } = estimate;
  // A preset has no interval.
  const certain = [tokensPerS, tokensPerS];
  const usd = usdOf(
    { value: tokensPerS, interval80: certain, interval95: certain },
    tp,
    accelerator,
    usdPerHour,
  );
  return {
    model: model.name,
    accelerator: accelerator.name,
    preset,
    efficiency: {
      compute,
      memory,
      ...(secondsPerLayer !== undefined && { secondsPerLayer }),
      source: efficiency.source,
    },
    devices: tp,
    batch,
    promptTokens: choice.prompt,
    outputTokens: choice.output,
    bits,
    params: { total, active },
    weightBytesPerDevice: estimate.weightBytesPerAccelerator,
    kvBytesPerToken: kvCache(model, { tokens: 1, bits: bits.kv }).kvBytesPerToken,
    prefillSeconds: estimate.prefillS,
    decodeStepSeconds: {
      first: estimate.firstStepS,
      mean: estimate.meanStepS,
      last: estimate.lastStepS,
    },
    totalSeconds: estimate.totalS,
    tokensPerSecond: tokensPerS,
    decodeBound: estimate.decodeBound,
    memory: {
      fits: estimate.fits,
      kvBytesPerDevice: estimate.kvBytesPerAccelerator,
      largestBatch: estimate.largestBatch,
      largestContext: estimate.largestContext,
    },
    ...(usd && { usdPerMillionTokens: usd }),
    assumptions: [
      preset === "ideal"
        ? "a bound: every peak of the data sheet is reached, and nothing else takes time"
        : `efficiencies: ${efficiency.source}${efficiency.note}`,
      "one static batch: all requests begin and end together",
      ...(choice.concurrency !== undefined ? [`--concurrency ${batch} taken as a batch of ${batch}`] : []),
      ...estimate.notes,
    ],
  };
}

interface Efficiency extends Pick<EfficiencyPreset, "compute" | "memory" | "secondsPerLayer" | "source"> {
  /** Where it is used beyond what it was fitted to. */
  readonly note: string;
}

const ideal: Efficiency = { compute: 1, memory: 1, source: "the data sheet", note: "" };

/** The preset fitted on this family of accelerators, else the one of these bits. */
function measured({ name }: CatalogAccelerator, activations: number): Efficiency {
  const a100 = efficiencyPresets["a100-fp16-tensorrt"];
  const h100 = efficiencyPresets["h100-fp8-tensorrt"];
  const family = name.slice(0, 5);
  const own = family === "A100-" ? a100 : family === "H100-" ? h100 : undefined;
  const taken: EfficiencyPreset = own ?? (activations === 16 ? a100 : h100);
  const isFitted = own !== undefined && (own === a100) === (activations === 16);
  return {
    ...taken,
    note: isFitted
      ? ""
      : `; not fitted to ${name} at ${activations} bits, so that more error is to be expected`,
  };
}
