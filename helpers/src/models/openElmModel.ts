import { refusal, requirePositive, requireWhole } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import type { Block } from "./blocks/Block.ts";
import type { Layer, Model } from "./Model.ts";

/** What determines an OpenELM model. */
export interface OpenElmSetting {
  readonly nLayers: number;
  readonly hiddenSize: number;
  readonly headSize: number;
  readonly vocabSize: number;
  /** Query heads that share a key and value head. Default 4. */
  readonly gqaGroups?: number;
  /** Width of the query heads over hiddenSize, of the first and the last layer. Default [0.5, 1]. */
  readonly qkvMultipliers?: readonly [number, number];
  /** Inner width of the feed-forward over hiddenSize, likewise. Default [0.5, 4]. */
  readonly ffnMultipliers?: readonly [number, number];
  /** What inner widths are a multiple of. Default 256. */
  readonly ffnDivisor?: number;
  /** Context; no parameters depend on it. */
  readonly maxTokens?: number;
}

/**
 * A model with OpenELM's layer-wise scaling: heads and inner width grow from layer to layer along straight lines, each
 * rounded to what divides well (never below 90 % of the line).
 *
 * a_i = line of `qkvMultipliers`, b_i = line of `ffnMultipliers`, both to two decimals; query heads
 * m(a_i·d, g·h)/h, key and value heads a g-th of them; inner width m(b_i·d, 256), where m rounds to a multiple. Gated
 * feed-forward, norms of queries and keys, tied embeddings.
 *
 * Source: Mehta et al. 2024 (OpenELM, arXiv 2404.14619), section 2, and apple/corenet at 1aa3acd, general_gpt.py.
 *
 * @throws RangeError on counts that are not whole, multipliers that are not > 0, or query heads that g does not divide
 * @example
 * import { countParams, openElmModel } from "isoflop";
 * const model = openElmModel({ nLayers: 16, hiddenSize: 1280, headSize: 64, vocabSize: 32000 });
 * countParams(model).total; // => 271527168
 */
export function openElmModel(setting: OpenElmSetting): Model {
  requireOptions("openElmModel", setting, [
    "nLayers",
    "hiddenSize",
    "headSize",
    "vocabSize",
    "gqaGroups",
    "qkvMultipliers",
    "ffnMultipliers",
    "ffnDivisor",
    "maxTokens",
  ]);
  const { nLayers, hiddenSize, headSize, vocabSize, gqaGroups = 4, ffnDivisor = 256, maxTokens } = setting;
  const { qkvMultipliers = [0.5, 1], ffnMultipliers = [0.5, 4] } = setting;
  const counts = { nLayers, hiddenSize, headSize, vocabSize, gqaGroups, ffnDivisor };
  for (const [name, value] of Object.entries(counts)) requireWhole(name, value, 1, "give a count");
  if (maxTokens !== undefined) requireWhole("maxTokens", maxTokens, 1, "give the context");
  checkLine("qkvMultipliers", qkvMultipliers);
  checkLine("ffnMultipliers", ffnMultipliers);
  const norm: Block = { kind: "norm", size: hiddenSize };
  const headNorm = { kind: "norm", size: headSize } as const;
  const layer = (i: number): Layer => {
    const width = nearMultiple(onLine(qkvMultipliers, i, nLayers) * hiddenSize, gqaGroups * headSize);
    const nHeads = width / headSize;
    const attention: Block = {
      kind: "attention",
      inputSize: hiddenSize,
      nHeads,
      nKvHeads: nHeads / gqaGroups,
      keySize: headSize,
      span: { kind: "full" },
      queryNorm: headNorm,
      keyNorm: headNorm,
    };
    const size = nearMultiple(onLine(ffnMultipliers, i, nLayers) * hiddenSize, ffnDivisor);
    return {
      blocks: [norm, attention, norm, { kind: "feed-forward", inputSize: hiddenSize, size, matrices: 3 }],
    };
  };
  return {
    name: "",
    modelType: "openelm",
    hiddenSize,
    vocabSize,
    ...(maxTokens !== undefined && { maxTokens }),
    input: [{ kind: "token-table", rows: vocabSize, width: hiddenSize }],
    layers: Array.from({ length: nLayers }, (_, i) => layer(i)),
    output: [norm, { kind: "head", rows: vocabSize, width: hiddenSize, tied: true }],
    towers: [],
    prediction: [],
  };
}

function checkLine(name: string, line: readonly number[]): void {
  if (!Array.isArray(line) || line.length !== 2) {
    throw refusal(
      name,
      "must be two numbers, of the first and the last layer",
      JSON.stringify(line),
      "such as [0.5, 1]",
    );
  }
  for (const value of line) requirePositive(name, value, "give shares of hiddenSize");
}

/** Height of a line at layer i, to two decimals as the configurations list it. */
function onLine([first, last]: readonly number[], i: number, nLayers: number): number {
  const height = nLayers === 1 ? first! : first! + ((last! - first!) * i) / (nLayers - 1);
  return Math.round(height * 100) / 100;
}

/** Nearest multiple of `divisor` (half up), or the next one where that is below 90 % of the value. */
function nearMultiple(value: number, divisor: number): number {
  const near = Math.max(divisor, Math.floor((value + divisor / 2) / divisor) * divisor);
  return near < 0.9 * value ? near + divisor : near;
}
