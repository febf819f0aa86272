import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { refusal, requireWhole, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireDivisible } from "./divisors.ts";
import type { CheckedLayout, Layout, RecomputedModule } from "./Layout.ts";
import { stageLayers } from "./stageLayers.ts";
import { requireRecipe } from "./trainingRecipes.ts";

const degrees = [
  "devices",
  "tensorParallel",
  "pipelineParallel",
  "contextParallel",
  "expertParallel",
  "expertTensorParallel",
  "dataParallel",
  "shardDevices",
] as const satisfies readonly (keyof Layout)[];

const manners = [
  "sequenceParallel",
  "interleave",
  "stages",
  "zeroStage",
  "microBatch",
  "globalBatch",
  "recompute",
  "recomputeModules",
  "recomputeLayers",
] as const satisfies readonly (keyof Layout)[];

const fields = [...degrees, ...manners, "offload", "recipe", "productBits", "attention"] as const;

const modules: readonly RecomputedModule[] = [
  "core-attention",
  "norm",
  "activation",
  "feed-forward",
  "experts",
];

/**
 * A layout with its defaults and what follows from it (data-parallel replicas, micro-batches, layers of each stage), or
 * the reason why a model cannot be trained so: degrees that do not divide heads, inner values, experts, layers, devices
 * or the batch.
 *
 * dataParallel = devices/(tensor · context · pipeline); microBatches = globalBatch/(microBatch · dataParallel);
 * expertReplicas = tensor · context · data/(expert · expertTensor). Key-value heads that are fewer than the devices of a
 * matrix are copied, as many as divide evenly.
 *
 * What it gives back it takes again.
 *
 * Source: Megatron Core's parallel state (groups and what must divide), PyTorch FSDP's sharding strategies.
 *
 * @throws RangeError on an unknown field, a degree that is not whole or does not divide, or options that exclude each other
 * @example
 * import { checkLayout, modelShape } from "isoflop";
 * const layout = { devices: 64, tensorParallel: 8, pipelineParallel: 4, globalBatch: 128 };
 * const { dataParallel, microBatches, stages } = checkLayout(modelShape("Llama-3-70B"), layout);
 * `${dataParallel} ${microBatches} ${stages}`; // => "2 64 20,20,20,20"
 */
export function checkLayout(shape: TransformerShape | Model, given: Layout | CheckedLayout): CheckedLayout {
  const layout = withoutDerived(given);
  requireOptions("a layout", layout, fields);
  const model = modelFromShape(shape);
  const { tensorParallel = 1, pipelineParallel = 1, contextParallel = 1 } = layout;
  const { interleave = 1, expertParallel = 1, microBatch = 1, zeroStage = 0 } = layout;
  const { expertTensorParallel = tensorParallel } = layout;
  const counts = { tensorParallel, pipelineParallel, contextParallel, interleave, expertParallel };
  for (const [name, value] of Object.entries({ ...counts, expertTensorParallel, microBatch })) {
    requireWhole(name, value, 1, "give a whole number of 1 or more");
  }
  const { devices, dataParallel } = requireGroups(
    layout,
    tensorParallel * contextParallel * pipelineParallel,
  );
  requireDivisible(model, {
    tensor: tensorParallel,
    expert: expertParallel,
    expertTensor: expertTensorParallel,
  });
  const expertDevices = expertParallel * expertTensorParallel;
  const hasExperts = expertParallel > 1 || expertTensorParallel !== tensorParallel;
  const shared = tensorParallel * contextParallel * dataParallel;
  if (hasExperts && shared % expertDevices !== 0) {
    const wanted = `must divide the ${shared} devices of a stage (tensor · context · data)`;
    throw refusal("expertParallel · expertTensorParallel", wanted, expertDevices, "take fewer for experts");
  }
  if (interleave > 1 && pipelineParallel === 1) {
    throw refusal("interleave", "must be 1 without a pipeline", interleave, "set pipelineParallel above 1");
  }
  requireWholeBetween("zeroStage", zeroStage, 0, 3, "0 shards nothing, 3 everything");
  const replicas = dataParallel * contextParallel;
  const { shardDevices = replicas } = layout;
  requireWhole("shardDevices", shardDevices, 1, "give the devices that divide the states together");
  if (replicas % shardDevices !== 0) {
    const wanted = `must divide the ${replicas} devices of data · context`;
    throw refusal("shardDevices", wanted, shardDevices, "leave it out to shard over all");
  }
  const step = microBatch * dataParallel;
  const { globalBatch = step * pipelineParallel } = layout;
  requireWhole("globalBatch", globalBatch, 1, "give the sequences of an optimiser step");
  if (globalBatch % step !== 0) {
    const wanted = `must be a multiple of microBatch · dataParallel = ${step}`;
    throw refusal("globalBatch", wanted, globalBatch, "change the batch or the replicas");
  }
  const stages = stageLayers(model.layers.length, pipelineParallel * interleave, layout.stages ?? "equal");
  const { offload = "none", productBits = 16, attention = "flash" } = layout;
  requireOneOf("offload", offload, ["none", "optimizer", "all"]);
  if (offload === "all" && zeroStage !== 3) {
    throw refusal("offload", `must be none or optimizer at stage ${zeroStage}`, offload, "set zeroStage: 3");
  }
  if (![32, 16, 8, 4].includes(productBits)) {
    throw refusal("productBits", "must be 32, 16, 8 or 4", productBits, "16 is usual");
  }
  requireOneOf("attention", attention, ["flash", "unfused"]);
  const { sequenceParallel = true } = layout;
  if (typeof sequenceParallel !== "boolean") {
    throw refusal("sequenceParallel", "must be true or false", sequenceParallel, "leave it out for true");
  }
  const microBatches = globalBatch / step;
  if ("microBatches" in given && given.microBatches !== microBatches) {
    const wanted = `must be ${microBatches}, globalBatch over microBatch · dataParallel`;
    throw refusal("microBatches", wanted, given.microBatches, "leave it out to have it derived");
  }
  return {
    devices,
    tensorParallel,
    sequenceParallel: sequenceParallel && tensorParallel > 1,
    pipelineParallel,
    interleave,
    stages,
    contextParallel,
    expertParallel,
    expertTensorParallel,
    dataParallel,
    zeroStage,
    shardDevices,
    microBatch,
    globalBatch,
    microBatches,
    expertReplicas: Math.max(1, Math.floor(shared / expertDevices)),
    ...requireRecompute(layout, Math.max(...stages)),
    offload,
    recipe: requireRecipe(layout.recipe ?? "megatron-bf16"),
    productBits,
    attention,
  };
}

/** The layout without what `checkLayout` derives, if that is where it comes from. */
function withoutDerived(given: Layout | CheckedLayout): Layout {
  if (typeof given !== "object" || given === null || !("microBatches" in given)) return given;
  const { microBatches: _, expertReplicas: __, ...layout } = given;
  return layout;
}

function requireGroups(layout: Layout, modelDevices: number): { devices: number; dataParallel: number } {
  const { devices = modelDevices * (layout.dataParallel ?? 1) } = layout;
  requireWhole("devices", devices, 1, "give the devices of the run");
  if (devices % modelDevices !== 0) {
    const wanted = `must be a multiple of tensor · context · pipeline = ${modelDevices}`;
    throw refusal("devices", wanted, devices, "change the degrees or the devices");
  }
  const { dataParallel = devices / modelDevices } = layout;
  requireWhole("dataParallel", dataParallel, 1, "leave it out to have it derived");
  if (dataParallel * modelDevices !== devices) {
    const wanted = `must be ${devices / modelDevices}, the ${devices} devices over ${modelDevices}`;
    throw refusal("dataParallel", wanted, dataParallel, "leave it out to have it derived");
  }
  return { devices, dataParallel };
}

function requireRecompute(layout: Layout, largestGroup: number) {
  const { recompute = "none", recomputeModules, recomputeLayers } = layout;
  requireOneOf("recompute", recompute, ["none", "selective", "full"]);
  if (recomputeModules !== undefined) {
    if (recompute !== "selective" && recomputeModules.length > 0) {
      const wanted = 'must be left out unless recompute is "selective"';
      throw refusal("recomputeModules", wanted, `${recomputeModules}`, "set recompute");
    }
    if (!Array.isArray(recomputeModules)) {
      const wanted = `must be a list of ${modules.join(", ")}`;
      throw refusal("recomputeModules", wanted, recomputeModules, 'such as ["norm", "activation"]');
    }
    for (const module of recomputeModules) requireOneOf("recomputeModules", module, modules);
  }
  if (recomputeLayers !== undefined) {
    if (recompute !== "full" && recomputeLayers !== 0) {
      const wanted = 'must be left out unless recompute is "full"';
      throw refusal("recomputeLayers", wanted, recomputeLayers, "set recompute");
    }
    requireWhole("recomputeLayers", recomputeLayers, 0, "give the layers of a group");
  }
  return {
    recompute,
    recomputeModules: recompute === "selective" ? (recomputeModules ?? (["core-attention"] as const)) : [],
    recomputeLayers: recompute === "full" ? Math.min(recomputeLayers ?? Infinity, largestGroup) : 0,
  };
}
