import { countParams } from "../../cost/arithmetic/countParams.ts";
import { describeServing } from "../../cost/decide/describeServing.ts";
import type { ServingQuestion } from "../../cost/decide/ServingQuestion.ts";
import { searchServing } from "../../cost/decide/searchServing.ts";
import type { Model } from "../../models/Model.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import {
  refusal,
  requireAbove,
  requirePositive,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { servedShape } from "./servedShape.ts";

/** Models of a family that are to be served on the same cards. */
export interface ServingCurveQuestion {
  /** What `searchServing` is asked for each size; of one offer. Default objective "tokensPerSPerDevice". */
  readonly serving: ServingQuestion;
  /** Least and largest parameters. */
  readonly sizes: readonly [low: number, high: number];
  /** Sizes that are searched, evenly in ln N. Default 13. */
  readonly points?: number;
  /** The model of a size. Default a dense decoder with eight key-value heads. */
  readonly shapeOf?: (nParams: number) => TransformerShape | Model;
}

/** A size that was searched. */
export interface ServedSize {
  readonly nParams: number;
  /** Device seconds an output token (prompts are in it), and where they lie in 95 of 100 cases. */
  readonly deviceSeconds: number;
  readonly interval: readonly [low: number, high: number];
  /** What serves it best, in a line. */
  readonly by: string;
}

/** What a served token costs, by the size of the model. */
export interface ServingCostCurve {
  /** Ascending by size. */
  readonly sizes: readonly ServedSize[];
  /** Sizes that nothing serves within the limits, with the reason. */
  readonly unserved: readonly { readonly nParams: number; readonly reason: string }[];
  /** Device seconds an output token of a model of so many parameters: straight between sizes in logarithms, and beyond them. */
  deviceSeconds(nParams: number): number;
  /** The same `z` normal deviations up or down: the error of the speed is taken as one for all sizes. */
  deviceSecondsAt(nParams: number, z: number): number;
  /** Tokens, of prompts and answers, that are computed for each output token. Default 1. */
  readonly computedPerOutput?: number;
  readonly assumptions: readonly string[];
}

/**
 * Device seconds an output token by the size of a model: `searchServing` finds the best configuration for each of some
 * sizes, and between them ln cost goes straight in ln N. Whoever multiplies it with a price an hour has the real cost that
 * takes the place of 2N.
 *
 * @throws RangeError on numbers outside their domain, or where fewer than two sizes can be served within the limits
 * @example
 * import { servingCostCurve } from "isoflop";
 * const curve = servingCostCurve({
 *   serving: { offers: [{ accelerator: "h100-sxm", devices: 8 }], promptTokens: 512, outputTokens: 128 },
 *   sizes: [1e9, 30e9], points: 4,
 * });
 * curve.deviceSeconds(20e9) > curve.deviceSeconds(5e9); // => true
 */
export function servingCostCurve(question: ServingCurveQuestion): ServingCostCurve {
  requireOptions("servingCostCurve", question, ["serving", "sizes", "points", "shapeOf"]);
  const { serving, points = 13, shapeOf = servedShape } = question;
  const [low, high] = question.sizes ?? [];
  requirePositive("sizes", low, "give [least, largest] parameters");
  requirePositive("sizes", high, "give [least, largest] parameters");
  if (!(low < high))
    throw refusal("sizes", "must be [least, largest]", `${low}, ${high}`, "give the smaller first");
  requireWhole("points", points, 2, "13 is usual");
  if (serving?.offers?.length !== 1) {
    const wanted = "must be one kind of card, whose seconds are counted";
    throw refusal("serving.offers", wanted, serving?.offers?.length, "make a curve for each");
  }
  const sizes: ServedSize[] = [];
  const unserved: { nParams: number; reason: string }[] = [];
  const assumptions = new Set<string>();
  let last = 0;
  for (let i = 0; i < points; i++) {
    const shape = shapeOf(low * (high / low) ** (i / (points - 1)));
    const nParams = countParams(shape).total;
    // Small sizes may have the same shape.
    if (nParams <= last) continue;
    last = nParams;
    try {
      const { best, assumptions: own } = searchServing(shape, { ...serving, keep: 1 });
      for (const one of own) assumptions.add(one);
      const { value, interval95 } = best.tokensPerSPerDevice;
      const interval = [1 / interval95[1], 1 / interval95[0]] as const;
      sizes.push({ nParams, deviceSeconds: 1 / value, interval, by: describeServing(best.scenario) });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      unserved.push({ nParams, reason: error.message });
    }
  }
  if (sizes.length < 2) {
    throw new RangeError(
      `a curve needs two sizes that can be served, got ${sizes.length} of ${points}; ${unserved[0]?.reason ?? "give sizes further apart"}`,
    );
  }
  const computedPerOutput = 1 + serving.promptTokens / serving.outputTokens;
  return { ...curveThrough(sizes), unserved, computedPerOutput, assumptions: [...assumptions] };
}

const normal95 = 1.959964;

/**
 * The curve through sizes that are known, such as those measured.
 *
 * @throws RangeError on fewer than two sizes, sizes that do not rise, or seconds outside their interval * @example
 * import { curveThrough } from "isoflop";
 * const size = (nParams: number, deviceSeconds: number) =>
 *   ({ nParams, deviceSeconds, interval: [deviceSeconds / 1.2, deviceSeconds * 1.2] as const, by: "measured" });
 * curveThrough([size(1e9, 1e-4), size(4e9, 4e-4)]).deviceSeconds(2e9); // => 2e-4
 */
export function curveThrough(sizes: readonly ServedSize[]): ServingCostCurve {
  requireRows("curveThrough", sizes);
  if (sizes.length < 2) {
    throw refusal("sizes", "must be two or more", sizes.length, "a curve goes from one size to another");
  }
  for (const [i, { nParams, deviceSeconds, interval }] of sizes.entries()) {
    const place = { in: `size ${i}` };
    requireAbove("nParams", nParams, i === 0 ? 0 : sizes[i - 1]!.nParams, place);
    requirePositive("deviceSeconds", deviceSeconds, place);
    const [low, high] = interval ?? [];
    if (!(low! > 0 && low! <= deviceSeconds && high! >= deviceSeconds && high! < Infinity)) {
      throw refusal("interval", `must be [low, high] around ${deviceSeconds}`, interval, place);
    }
  }
  const x = sizes.map(({ nParams }) => Math.log(nParams));
  const middle = sizes.map(({ deviceSeconds }) => Math.log(deviceSeconds));
  const down = sizes.map(({ deviceSeconds, interval }) => Math.log(deviceSeconds / interval[0]) / normal95);
  const up = sizes.map(({ deviceSeconds, interval }) => Math.log(interval[1] / deviceSeconds) / normal95);
  const deviceSecondsAt = (nParams: number, z: number) => {
    const at = Math.log(nParams);
    let [i, last] = [1, x.length - 1];
    while (i < last) {
      const half = (i + last) >> 1;
      if (x[half]! < at) i = half + 1;
      else last = half;
    }
    const share = (at - x[i - 1]!) / (x[i]! - x[i - 1]!);
    const between = (values: readonly number[], part: number) =>
      values[i - 1]! + part * (values[i]! - values[i - 1]!);
    // Beyond the sizes the cost goes on as it went, and how well it is known stays as it is at the end.
    const spread = z === 0 ? 0 : z * between(z < 0 ? down : up, Math.min(1, Math.max(0, share)));
    return Math.exp(between(middle, share) + spread);
  };
  const deviceSeconds = (nParams: number) => deviceSecondsAt(nParams, 0);
  return { sizes, unserved: [], deviceSeconds, deviceSecondsAt, assumptions: [] };
}
