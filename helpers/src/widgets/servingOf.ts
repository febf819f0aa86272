import type { CatalogAccelerator } from "../catalog/accelerators/Accelerator.ts";
import { requireDivisible } from "../cost/arithmetic/deviceShare.ts";
import { servingPrecision } from "../cost/engine/rows/servingPrecision.ts";
import type { ServingBits, ServingScenario } from "../cost/engine/ServingScenario.ts";
import type { Model } from "../models/Model.ts";
import { refusal, requirePositive, requireWhole } from "../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../numerics/arguments/requireOneOf.ts";
import type { PackedModel } from "./MemoryWidget.ts";
import { unpackModel } from "./packModel.ts";
import type { ServingChoice, ServingWidget } from "./ServingWidget.ts";

/** Devices that a panel offers. */
export const servingDevices = [1, 2, 4, 8] as const;

/**
 * Whether a model of a serving panel has routed experts, which can be dealt out whole.
 *
 * @example
 * import { hasExperts, modelNamed, servingPanel } from "isoflop";
 * const { widget } = servingPanel({
 *   models: { dense: modelNamed("Llama-3.1-8B"), mixture: modelNamed("gpt-oss-120b") },
 *   accelerators: ["b200-sxm-180gb"],
 *   caption: "What does a token cost?",
 * });
 * ["dense", "mixture"].map((key) => hasExperts(widget, key)); // => [false, true]
 */
export const hasExperts = ({ models }: Pick<ServingWidget, "models">, key: string): boolean =>
  models.some(
    (one) =>
      one.key === key && one.model.kinds.some(({ blocks }) => blocks.some(({ kind }) => kind === "experts")),
  );

/**
 * The scenario that a reader of a serving panel has chosen: one instance under a closed load.
 *
 * @throws RangeError on a model, accelerator, precision or engine that the panel does not have, a count outside its domain, or
 *   devices that do not divide the model
 * @example
 * import { modelNamed, servingOf, servingPanel } from "isoflop";
 * const { widget } = servingPanel({
 *   models: { "Llama-3.1-8B": modelNamed("Llama-3.1-8B") },
 *   accelerators: ["h100-sxm-80gb"],
 *   caption: "What does a token cost?",
 * });
 * servingOf(widget, { ...widget.start, concurrency: 32 }).load; // => { kind: "closed", concurrency: 32 }
 */
export function servingOf(widget: Omit<ServingWidget, "record">, choice: ServingChoice): ServingScenario {
  const { model, accelerator, precision, engine, experts, tensorParallel, promptTokens, outputTokens } =
    choice;
  requireOneOf(
    "model",
    model,
    widget.models.map(({ key }) => key),
  );
  requireOneOf(
    "accelerator",
    accelerator,
    widget.accelerators.map(({ key }) => key),
  );
  requireOneOf(
    "precision",
    precision,
    widget.precisions.map(({ name }) => name),
  );
  requireOneOf("engine", engine, widget.engines);
  requireOneOf("experts", experts, ["whole", "split"]);
  for (const [name, value] of Object.entries({ tensorParallel, promptTokens, outputTokens })) {
    requireWhole(name, value, 1, "give a count");
  }
  requireWhole("concurrency", choice.concurrency, 1, "give the requests in the system");
  requirePositive("usdPerHour", choice.usdPerHour, "give the rent of one device");
  const scenario = scenarioOf(widget, choice);
  const { expertParallel } = scenario.serve.layout;
  for (const { blocks } of new Set(scenario.model.layers)) {
    for (const block of blocks) {
      if (block.kind !== "experts" || expertParallel === 1) requireDivisible(block, tensorParallel);
      else if (block.nExperts % expertParallel !== 0) {
        const wanted = `must divide the ${block.nExperts} experts`;
        throw refusal(
          "tensorParallel",
          wanted,
          expertParallel,
          "take a number that divides, or split experts",
        );
      }
    }
  }
  return scenario;
}

/** The same without a look at whether the devices divide the model. */
export function scenarioOf(widget: Omit<ServingWidget, "record">, choice: ServingChoice): ServingScenario {
  const { model, accelerator, engine, experts, tensorParallel, promptTokens, outputTokens } = choice;
  const card = widget.accelerators.find(({ key }) => key === accelerator)!.accelerator;
  const { format, bits } = precisionOf(widget, choice, card);
  const whole = hasExperts(widget, model) && experts === "whole";
  const layout = {
    tensorParallel,
    pipelineParallel: 1,
    attentionDataParallel: 1,
    expertParallel: whole ? tensorParallel : 1,
    expertTensorParallel: whole ? 1 : tensorParallel,
  };
  return {
    model: unpacked(widget.models.find(({ key }) => key === model)!.model),
    modelKey: model,
    accelerator: card,
    acceleratorKey: accelerator,
    bits,
    format,
    engine,
    release: "",
    serve: { instances: 1, layout },
    load: { kind: "closed", concurrency: choice.concurrency },
    promptTokens,
    outputTokens,
    assumptions: [
      `weights in ${bits.weights} bits, products in ${bits.activations}, keys and values in ${bits.kv}`,
    ],
  };
}

/** Bits as the panel states them, else as a row of a table is read, so that both are the same scenario. */
function precisionOf(
  { precisions }: Pick<ServingWidget, "precisions">,
  { model, precision, engine }: ServingChoice,
  accelerator: CatalogAccelerator,
): { readonly format: string; readonly bits: ServingBits } {
  const { bits } = precisions.find(({ name }) => name === precision)!;
  if (bits) return { format: precision, bits };
  return servingPrecision(precision, { spelling: model, modelKey: model, engine, accelerator }, []);
}

const models = new WeakMap<PackedModel, Model>();

/** The same object each time, so that what is known of a model is worked out once. */
function unpacked(packed: PackedModel): Model {
  let model = models.get(packed);
  if (!model) {
    model = unpackModel(packed);
    models.set(packed, model);
  }
  return model;
}
