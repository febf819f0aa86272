import type { Model } from "../../models/Model.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refuseMisspelt } from "../../numerics/arguments/refuseMisspelt.ts";
import {
  refusal,
  requireAbove,
  requireAtLeast,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRoom } from "./arguments/requireRoom.ts";
import { servingWork } from "./parts/servingWork.ts";
import type { ServingInstances, ServingLoad, ServingScenario } from "./ServingScenario.ts";

const fields: readonly (keyof ServingScenario)[] = [
  "model",
  "modelKey",
  "accelerator",
  "acceleratorKey",
  "bits",
  "format",
  "engine",
  "release",
  "serve",
  "prefill",
  "load",
  "chunkTokens",
  "promptTokens",
  "outputTokens",
  "prefixHitShare",
  "draft",
  "speculative",
  "expertSkew",
  "assumptions",
];

/** Throws where a scenario that was put together by hand cannot be timed, naming what and how. */
export function requireScenario(scenario: ServingScenario): void {
  if (!Array.isArray(scenario?.model?.layers)) {
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
  refuseMisspelt("scenario", scenario, fields);
  const sheet = "take it from the data sheet";
  requireAbove("accelerator.memoryBytesPerS", accelerator?.memoryBytesPerS, 0, sheet);
  requireAbove("accelerator.memoryBytes", accelerator.memoryBytes, 0, sheet);
  requireAbove("accelerator.peakFlopsPerS[16]", accelerator.peakFlopsPerS?.[16], 0, sheet);
  requireWhole("promptTokens", promptTokens, 1, "give the tokens of a prompt");
  requireWhole("outputTokens", outputTokens, 1, "give the tokens of an output");
  requireAbove("bits.weights", bits?.weights, 0, "16, 8 or 4 are usual");
  requireAbove("bits.activations", bits?.activations, 0, "16, 8 or 4 are usual");
  requireAbove("bits.kv", bits?.kv, 0, "16 or 8 are usual");
  requireAtLeast("expertSkew", expertSkew, 0, "0 is even routing");
  const { prefixHitShare = 0, draft, chunkTokens } = scenario;
  if (!(typeof prefixHitShare === "number" && prefixHitShare >= 0 && prefixHitShare < 1)) {
    throw refusal(
      "prefixHitShare",
      "must lie in [0, 1)",
      prefixHitShare,
      "0 where no prompt shares a beginning",
    );
  }
  if (draft !== undefined) {
    requireOptions("draft", draft, ["tokens", "acceptance"]);
    requireWhole("draft.tokens", draft.tokens, 1, "give the tokens that are drafted a step");
    const { acceptance } = draft;
    if (!(typeof acceptance === "number" && acceptance > 0 && acceptance <= 1)) {
      throw refusal("draft.acceptance", "must lie in (0, 1]", acceptance, "give the share that is accepted");
    }
  }
  if (chunkTokens !== undefined) requireWhole("chunkTokens", chunkTokens, 1, "8192 is usual");
  if (!Array.isArray(scenario.assumptions)) {
    throw refusal(
      "assumptions",
      "must be a list",
      describeGiven(scenario.assumptions),
      "[] where there are none",
    );
  }
  requireInstances("serve", serve, model);
  if (prefill !== undefined) requireInstances("prefill", prefill, model);
  requireLoad(load);
}

function requireInstances(name: string, given: ServingInstances, model: Model): void {
  requireOptions(name, given, ["instances", "layout"]);
  const { instances, layout } = given;
  requireWhole(`${name}.instances`, instances, 1, "give a count");
  requireOptions(`${name}.layout`, layout, [
    "tensorParallel",
    "pipelineParallel",
    "attentionDataParallel",
    "expertParallel",
    "expertTensorParallel",
  ]);
  const { tensorParallel, pipelineParallel, attentionDataParallel, expertParallel, expertTensorParallel } =
    layout;
  const degrees = {
    tensorParallel,
    pipelineParallel,
    attentionDataParallel,
    expertParallel,
    expertTensorParallel,
  };
  for (const [degree, value] of Object.entries(degrees))
    requireWhole(`${name}.${degree}`, value, 1, "give a count");
  requireRoom(model, tensorParallel, pipelineParallel);
  const [dealt, world] = [expertParallel * expertTensorParallel, tensorParallel * attentionDataParallel];
  if (servingWork(model).experts.length > 0 && dealt !== world) {
    throw refusal(
      `${name}.expertParallel · expertTensorParallel`,
      `must be the ${world} devices of tensorParallel · attentionDataParallel`,
      dealt,
      "all of them hold experts",
    );
  }
}

function requireRequests(name: string, requests: number): void {
  requireAbove(name, requests, 0, "give the requests at a time");
  if (requests > Number.MAX_SAFE_INTEGER) {
    throw refusal(
      name,
      `must be ${Number.MAX_SAFE_INTEGER} at most`,
      requests,
      "give the requests at a time",
    );
  }
}

function requireLoad(load: ServingLoad): void {
  switch (load?.kind) {
    case "closed":
      requireRequests("concurrency", load.concurrency);
      break;
    case "static":
      requireRequests("batch", load.batch);
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
