import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import {
  refusal,
  requireAbove,
  requireAtLeast,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { ServingInstances, ServingLoad, ServingScenario } from "./ServingScenario.ts";

/** Throws where a scenario that was put together by hand cannot be timed, naming what and how. */
export function requireScenario(scenario: ServingScenario): void {
  if (typeof scenario !== "object" || scenario === null || typeof scenario.model !== "object") {
    throw new TypeError(
      `scenario must be one of readServingRow or alike, with a model of modelNamed, got ${describeGiven(scenario)}`,
    );
  }
  const {
    model,
    accelerator,
    bits,
    serve,
    prefill,
    load,
    promptTokens,
    outputTokens,
    expertSkew = 0,
  } = scenario;
  if (model.layers.length === 0) {
    throw new RangeError(
      `${model.name || "the model"} writes no tokens, so that there is nothing to serve; give a decoder`,
    );
  }
  requireAbove("accelerator.memoryBytesPerS", accelerator?.memoryBytesPerS, 0, "take it from the data sheet");
  requireWhole("promptTokens", promptTokens, 1, "give the tokens of a prompt");
  requireWhole("outputTokens", outputTokens, 1, "give the tokens of an output");
  requireAbove("bits.weights", bits?.weights, 0, "16, 8 or 4 are usual");
  requireAbove("bits.activations", bits?.activations, 0, "16, 8 or 4 are usual");
  requireAbove("bits.kv", bits?.kv, 0, "16 or 8 are usual");
  requireAtLeast("expertSkew", expertSkew, 0, "0 is even routing");
  const { prefixHitShare = 0, draft, chunkTokens } = scenario;
  if (!(prefixHitShare >= 0 && prefixHitShare < 1)) {
    throw refusal(
      "prefixHitShare",
      "must lie in [0, 1)",
      prefixHitShare,
      "0 where no prompt shares a beginning",
    );
  }
  if (draft !== undefined) {
    requireWhole("draft.tokens", draft.tokens, 1, "give the tokens that are drafted a step");
    if (!(draft.acceptance > 0 && draft.acceptance <= 1)) {
      throw refusal(
        "draft.acceptance",
        "must lie in (0, 1]",
        draft.acceptance,
        "give the share that is accepted",
      );
    }
  }
  if (chunkTokens !== undefined) requireWhole("chunkTokens", chunkTokens, 1, "8192 is usual");
  requireInstances("serve", serve);
  if (prefill !== undefined) requireInstances("prefill", prefill);
  requireLoad(load);
}

function requireInstances(name: string, { instances, layout }: ServingInstances): void {
  requireWhole(`${name}.instances`, instances, 1, "give a count");
  requireOptions(`${name}.layout`, layout, [
    "tensorParallel",
    "pipelineParallel",
    "attentionDataParallel",
    "expertParallel",
    "expertTensorParallel",
  ]);
  for (const [degree, value] of Object.entries(layout))
    requireWhole(`${name}.${degree}`, value, 1, "give a count");
}

function requireLoad(load: ServingLoad): void {
  switch (load?.kind) {
    case "closed":
      requireAbove("concurrency", load.concurrency, 0, "give the requests at a time");
      break;
    case "static":
      requireAbove("batch", load.batch, 0, "give the requests of a batch");
      break;
    case "open":
      requireAbove("requestsPerS", load.requestsPerS, 0, "give arrivals a second");
      break;
    case "offline":
      break;
    default:
      throw refusal(
        "load.kind",
        'must be "closed", "static", "open" or "offline"',
        describeGiven((load as { kind?: unknown } | undefined)?.kind),
        "say how requests come",
      );
  }
}
