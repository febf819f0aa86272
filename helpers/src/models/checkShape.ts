import { refuseMisspelt } from "../numerics/arguments/refuseMisspelt.ts";
import { requireWhole } from "../numerics/arguments/requireNumber.ts";
import type { TransformerShape } from "./TransformerShape.ts";

/** Throws where a shape has a count that is not whole and positive, or heads that do not divide. */
export function checkShape(shape: TransformerShape): void {
  refuseMisspelt("a model's shape", shape, [
    "nLayers",
    "hiddenSize",
    "vocabSize",
    "tiedEmbeddings",
    "attention",
    "ffnSize",
    "gated",
    "experts",
    "nPositions",
  ]);
  const whole = (name: string, value: number, min = 1) => {
    requireWhole(name, value, min, "fix the model's shape");
  };
  whole("nLayers", shape.nLayers);
  whole("hiddenSize", shape.hiddenSize);
  whole("vocabSize", shape.vocabSize);
  whole("ffnSize", shape.ffnSize);
  const { attention, experts } = shape;
  if (attention.kind === "latent")
    refuseMisspelt("latent attention", attention, [
      "kind",
      "nHeads",
      "queryRank",
      "kvRank",
      "ropeSize",
      "nopeSize",
      "valueSize",
    ]);
  else
    refuseMisspelt("grouped attention", attention, [
      "kind",
      "nHeads",
      "nKvHeads",
      "headSize",
      "window",
      "globalEvery",
    ]);
  whole("attention.nHeads", attention.nHeads);
  if (attention.kind === "grouped") {
    whole("attention.nKvHeads", attention.nKvHeads);
    whole("attention.headSize", attention.headSize);
    if (attention.nHeads % attention.nKvHeads !== 0) {
      throw new RangeError(
        `attention.nKvHeads must divide nHeads ${attention.nHeads}, got ${attention.nKvHeads}`,
      );
    }
    if (attention.window !== undefined) whole("attention.window", attention.window);
  }
  if (experts) {
    refuseMisspelt("experts", experts, [
      "nExperts",
      "expertsPerToken",
      "expertSize",
      "sharedSize",
      "denseLayers",
      "routerBias",
    ]);
    whole("experts.nExperts", experts.nExperts);
    whole("experts.expertsPerToken", experts.expertsPerToken);
    if (experts.expertsPerToken > experts.nExperts) {
      throw new RangeError(
        `experts.expertsPerToken must be at most nExperts ${experts.nExperts}, got ${experts.expertsPerToken}`,
      );
    }
  }
}
