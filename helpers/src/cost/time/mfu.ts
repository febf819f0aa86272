import type { Model } from "../../models/Model.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type MfuConvention, modelFlopsPerToken } from "./conventions.ts";
import { machineRates, type ProductFormat } from "./machineRates.ts";
import type { TimedAccelerator } from "./TimedAccelerator.ts";

/** Figures of a run. Give a model or its active parameters, and either tokens and hours or tokens per second. */
export interface RunFigures {
  readonly model?: TransformerShape | Model;
  /** Active parameters, where there is no model: FLOPs are then 6 a parameter and token. */
  readonly params?: number;
  readonly sequenceTokens?: number;
  /** How FLOPs are counted. Default "causal" of a model, "6nd" of parameters. */
  readonly convention?: MfuConvention;
  /** Tokens of the run, and the hours that it took. */
  readonly tokens?: number;
  readonly hours?: number;
  /** Tokens per second of all devices. */
  readonly tokensPerS?: number;
  readonly devices: number;
  readonly accelerator: TimedAccelerator;
  /** Format whose peak counts. Default "bf16", as most sources take it for 8-bit training, too. */
  readonly format?: ProductFormat;
}

const fields = [
  "model",
  "params",
  "sequenceTokens",
  "convention",
  "tokens",
  "hours",
  "tokensPerS",
  "devices",
  "accelerator",
  "format",
] as const satisfies readonly (keyof RunFigures)[];

/**
 * Model FLOPs utilisation of a run: FLOPs a token · tokens per second/(devices · peak), a share of 1.
 *
 * @throws RangeError on figures that are not positive, missing or given twice, or a format without a peak
 * @example
 * import { mfu } from "isoflop";
 * const a100 = { name: "A100-SXM-80GB", memoryBytesPerS: 2.039e12, peaks: { bf16: 312e12 } };
 * const run = { params: 70e9, tokens: 16.4e6, hours: 13.5, devices: 16, accelerator: a100 };
 * mfu(run).toFixed(4); // => "0.0284"
 */
export function mfu(figures: RunFigures): number {
  requireOptions("mfu", figures, fields);
  const { devices, accelerator, format = "bf16" } = figures;
  requireWhole("devices", devices, 1, "give the accelerators of the run");
  const peak = machineRates(accelerator, format).flopsPerS;
  return (flopsPerToken(figures) * tokensPerS(figures)) / (devices * peak);
}

function flopsPerToken(figures: RunFigures): number {
  const { model, params, sequenceTokens, convention } = figures;
  if (model) {
    const counted = convention ?? "causal";
    if (sequenceTokens === undefined && counted !== "6nd") {
      throw new RangeError(
        `sequenceTokens is missing: "${counted}" counts attention; or set convention: "6nd"`,
      );
    }
    return modelFlopsPerToken(model, {
      sequenceTokens: sequenceTokens ?? 1,
      convention: counted,
      ...(params !== undefined && { params }),
    });
  }
  if (params === undefined) throw new RangeError("give a model or its active params");
  if (convention !== undefined && convention !== "6nd") {
    throw new RangeError(`convention "${convention}" needs a model; params alone allow "6nd"`);
  }
  requirePositive("params", params, "give active parameters, such as 70e9");
  return 6 * params;
}

function tokensPerS({ tokens, hours, tokensPerS: rate }: RunFigures): number {
  if (rate !== undefined) {
    if (tokens !== undefined || hours !== undefined) {
      throw new RangeError("give either tokensPerS, or tokens and hours, not both");
    }
    requirePositive("tokensPerS", rate, "give the tokens per second of all devices");
    return rate;
  }
  if (tokens === undefined || hours === undefined)
    throw new RangeError("give tokensPerS, or both tokens and hours");
  requirePositive("tokens", tokens, "give the tokens of the run, such as 15e12");
  requirePositive("hours", hours, "give the hours that the run took");
  return tokens / (hours * 3600);
}
