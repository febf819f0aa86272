import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import {
  refusal,
  requireAtLeast,
  requireEfficiency,
  requirePositive,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { ServingLoad } from "../engine/ServingScenario.ts";
import { requireDegrees } from "./configurations/servingLayouts.ts";
import { type LatencyLimits, type ServingQuestion, servingObjectives } from "./ServingQuestion.ts";

const asked = ["offers", "promptTokens", "outputTokens", "load", "limits", "objective", "choices"] as const;
const taken = ["engine", "release", "memoryShare", "pue", "carbonIntensity"] as const;
const handled = ["keep", "estimator", "differenceInterval", "onProgress"] as const;

/** Throws where a question of `searchServing` cannot be meant. */
export function checkServingQuestion(question: ServingQuestion): void {
  requireOptions("searchServing", question, [...asked, ...taken, ...handled]);
  const { offers, promptTokens, outputTokens, load, limits = {}, choices = {} } = question;
  if (!Array.isArray(offers) || offers.length === 0) {
    const wanted = "must be a list of cards to choose from";
    const wayOut = 'such as [{ accelerator: "h100-sxm", devices: 8 }]';
    throw refusal("offers", wanted, describeGiven(offers), wayOut);
  }
  for (const offer of offers) {
    requireOptions("an offer", offer, ["accelerator", "devices", "usdPerHour", "wattsPerDevice"]);
    requireWhole("devices", offer.devices, 1, "give the cards there are");
  }
  requireWhole("promptTokens", promptTokens, 1, "give the tokens of a prompt, such as 1024");
  requireWhole("outputTokens", outputTokens, 1, "give the tokens of an answer, such as 256");
  if (load !== undefined) checkLoad(load);
  checkLimits(limits);
  requireOptions("choices", choices, [
    "tensorParallel",
    "pipelineParallel",
    "attentionDataParallel",
    "expertParallel",
    "concurrency",
    "chunkTokens",
    "formats",
    "serving",
  ]);
  const counts = ["tensorParallel", "pipelineParallel", "attentionDataParallel", "expertParallel"] as const;
  for (const name of [...counts, "concurrency", "chunkTokens"] as const) {
    requireDegrees(`choices.${name}`, choices[name]);
  }
  if (load !== undefined && choices.concurrency !== undefined) {
    throw new RangeError("load says how many requests there are, and choices.concurrency too; give one");
  }
  for (const name of ["formats", "serving"] as const) {
    const list: readonly unknown[] | undefined = choices[name];
    if (list !== undefined && (!Array.isArray(list) || list.length === 0)) {
      throw refusal(
        `choices.${name}`,
        "must be a list of one or more",
        describeGiven(list),
        "leave it out for all",
      );
    }
    if (list !== undefined && new Set(list).size < list.length) {
      throw refusal(`choices.${name}`, "must not hold one twice", list, "give each once");
    }
  }
  for (const one of choices.serving ?? []) requireOneOf("choices.serving", one, ["aggregated", "split"]);
  if (question.objective !== undefined) requireOneOf("objective", question.objective, servingObjectives);
  if (question.objective === "kgCo2ePerMillionTokens" && question.carbonIntensity === undefined) {
    throw new RangeError("kgCo2ePerMillionTokens needs carbonIntensity, kg CO2e a kWh of your grid; give it");
  }
  if (question.memoryShare !== undefined) requireEfficiency("memoryShare", question.memoryShare);
  if (question.keep !== undefined) requireWhole("keep", question.keep, 1, "20 is usual");
}

function checkLoad(load: ServingLoad): void {
  requireOneOf("load.kind", load?.kind, ["closed", "static", "open", "offline"]);
  const own = { closed: ["concurrency"], static: ["batch"], open: ["requestsPerS"], offline: [] } as const;
  requireOptions("load", load as Record<string, unknown>, ["kind", ...own[load.kind]]);
  if (load.kind === "closed") requireWhole("load.concurrency", load.concurrency, 1, "give requests at once");
  if (load.kind === "static") requireWhole("load.batch", load.batch, 1, "give requests at once");
  if (load.kind === "open") requirePositive("load.requestsPerS", load.requestsPerS, "give requests a second");
}

function checkLimits(limits: LatencyLimits): void {
  requireOptions("limits", limits, ["ttftS", "tpotS", "at", "factor", "percentiles", "by"]);
  const { ttftS, tpotS, at = "mean", factor, percentiles, by = "value" } = limits;
  if (ttftS !== undefined) requirePositive("limits.ttftS", ttftS, "give seconds");
  if (tpotS !== undefined) requirePositive("limits.tpotS", tpotS, "give seconds, such as 0.05");
  requireOneOf("limits.by", by, ["value", "interval80"]);
  if (at === "mean") {
    if (factor !== undefined || percentiles !== undefined) {
      throw new RangeError(
        "limits.factor and limits.percentiles are for a share of requests; give limits.at, such as 0.99",
      );
    }
    return;
  }
  if (!(typeof at === "number" && at > 0 && at < 1)) {
    throw refusal("limits.at", 'must be "mean" or a share in (0, 1)', at, "0.99 is the 99th percentile");
  }
  if ((factor === undefined) === (percentiles === undefined)) {
    throw new RangeError(
      `a limit at ${at} needs percentiles (a simulator's) or a factor of the mean, one of both; give limits.factor or limits.percentiles`,
    );
  }
  if (factor !== undefined)
    requireAtLeast("limits.factor", factor, 1, "give percentile over mean, such as 2");
}
