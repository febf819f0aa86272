import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { RuntimeModel } from "./RuntimeModel.ts";

/** How {@link predictRuntime} reads F between the measured prompt sizes. */
export type PromptLookup = "interpolated" | "floored" | "helm";

/** The parts of a {@link RuntimeModel} that a prediction takes; without a rule G is the same for all prompts. */
export type RuntimeCurve = Pick<RuntimeModel, "promptTimes" | "secondsPerOutputToken"> &
  Partial<Pick<RuntimeModel, "outputTime">>;

/**
 * Idealized runtime T(p, o) = F(p) + (o − 1)·G(p) in seconds of one request; T(p, 0) = F(p).
 *
 * F was measured at some prompt sizes only. Between them:
 * - "interpolated" (default): a straight line between the two neighbours; below the smallest size F stays
 *   at its value there (launching the kernels costs that much), above the largest it grows in proportion.
 * - "helm": HELM's rule, F(k)·p/k with k the next measured size. It is not monotone: just above a
 *   measured size, and for tiny prompts, it falls below the time of a shorter prompt.
 * - "floored": HELM's rule, but never below F at the smallest measured size.
 *
 * Source: Narayanan et al. 2023, eq. 1; HELM `efficiency_data` lookup.
 *
 * @throws RangeError on token counts that are not whole, promptTokens < 1 or outputTokens < 0
 * @example
 * import { fitRuntime, predictRuntime } from "isoflop";
 * const model = fitRuntime([
 *   { promptTokens: 512, outputTokens: 1, runtimeS: 0.2 },
 *   { promptTokens: 512, outputTokens: 11, runtimeS: 0.7 },
 * ]);
 * predictRuntime(model, { promptTokens: 1024, outputTokens: 21 }).toFixed(2); // => "1.40"
 */
export function predictRuntime(
  model: RuntimeCurve,
  request: { readonly promptTokens: number; readonly outputTokens: number },
  options: { readonly lookup?: PromptLookup } = {},
): number {
  requireOptions("predictRuntime", options, ["lookup"]);
  const { promptTokens, outputTokens } = request;
  requireWhole("promptTokens", promptTokens, 1, "give a count, such as 512");
  requireWhole("outputTokens", outputTokens, 0, "give a count, such as 128");
  const prefill = promptSeconds(model, promptTokens, options.lookup ?? "interpolated");
  const rule = model.outputTime;
  const each =
    rule?.rule === "rising" ? rule.baseS + rule.perPromptTokenS * promptTokens : model.secondsPerOutputToken;
  return prefill + Math.max(0, outputTokens - 1) * each;
}

function promptSeconds(model: RuntimeCurve, promptTokens: number, lookup: PromptLookup): number {
  const sizes = model.promptTimes;
  const first = sizes[0]!;
  const last = sizes[sizes.length - 1]!;
  if (promptTokens >= last.promptTokens) return (last.seconds * promptTokens) / last.promptTokens;
  const index = sizes.findIndex((size) => size.promptTokens >= promptTokens);
  const next = sizes[index]!;
  if (lookup === "helm" || lookup === "floored") {
    const scaled = (next.seconds * promptTokens) / next.promptTokens;
    return lookup === "helm" ? scaled : Math.max(scaled, first.seconds);
  }
  if (index === 0) return first.seconds;
  const before = sizes[index - 1]!;
  const share = (promptTokens - before.promptTokens) / (next.promptTokens - before.promptTokens);
  return before.seconds + share * (next.seconds - before.seconds);
}
