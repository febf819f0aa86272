import { describeGiven } from "../numerics/arguments/describeGiven.ts";
import type { Block } from "./blocks/Block.ts";
import { checkShape } from "./checkShape.ts";
import type { Layer, Model } from "./Model.ts";
import type { TransformerShape } from "./TransformerShape.ts";

const known = new WeakMap<TransformerShape, Model>();

/**
 * The model that a `TransformerShape` describes: two norms with weights a layer and one at the end, no biases. A model
 * is passed through, so that whoever takes either takes both.
 *
 * @throws RangeError on counts that are not whole and positive, or heads that do not divide
 * @throws TypeError on a name or a configuration, which are no model yet
 * @example
 * import { modelFromShape, modelShape } from "isoflop";
 * modelFromShape(modelShape("Llama-2-7B")).layers.length; // => 32
 */
export function modelFromShape(shape: TransformerShape | Model): Model {
  if (isModel(shape)) return shape;
  if (typeof shape !== "object" || shape === null || Object.hasOwn(shape, "model_type")) {
    const given = describeGiven(shape);
    throw new TypeError(
      `a model is wanted, got ${given}; modelNamed gives one by name, modelFromConfig that of a config.json`,
    );
  }
  let model = known.get(shape);
  if (!model) {
    checkShape(shape);
    model = build(shape);
    if (Object.isFrozen(shape)) known.set(shape, model);
  }
  return model;
}

/**
 * Whether something is a `Model` and not a shape.
 *
 * @example
 * import { isModel, modelNamed, modelShape } from "isoflop";
 * [isModel(modelNamed("gpt2")), isModel(modelShape("GPT-2"))]; // => [true, false]
 */
export function isModel(value: TransformerShape | Model): value is Model {
  return typeof value === "object" && value !== null && Array.isArray((value as Model).layers);
}

function build(shape: TransformerShape): Model {
  const { nLayers, hiddenSize, vocabSize, ffnSize, attention, experts } = shape;
  const matrices = shape.gated ? 3 : 2;
  const norm: Block = { kind: "norm", size: hiddenSize };
  const dense: Block = { kind: "feed-forward", inputSize: hiddenSize, size: ffnSize, matrices };
  const mixture: Block | undefined = experts && {
    kind: "experts",
    inputSize: hiddenSize,
    nExperts: experts.nExperts,
    perToken: experts.expertsPerToken,
    size: experts.expertSize,
    matrices,
    sharedSize: experts.sharedSize ?? 0,
    selectionBias: experts.routerBias ?? false,
  };
  const attend = (window?: number): Block => {
    const span =
      window === undefined ? ({ kind: "full" } as const) : ({ kind: "window", tokens: window } as const);
    if (attention.kind === "latent") {
      const { kind: _, ...ranks } = attention;
      return { kind: "latent-attention", inputSize: hiddenSize, ...ranks, span };
    }
    const { nHeads, nKvHeads, headSize: keySize } = attention;
    return { kind: "attention", inputSize: hiddenSize, nHeads, nKvHeads, keySize, span };
  };
  const window = attention.kind === "grouped" ? attention.window : undefined;
  const every = attention.kind === "grouped" ? (attention.globalEvery ?? 0) : 0;
  const near = attend(window);
  const far = attend();
  const layer = (mixer: Block, inner: Block): Layer => ({ blocks: [norm, mixer, norm, inner] });
  const kinds = new Map<string, Layer>();
  const layers = Array.from({ length: nLayers }, (_, i) => {
    const isFar = window === undefined || (every > 0 && (i + 1) % every === 0);
    const isDense = !mixture || i < (experts?.denseLayers ?? 0);
    const key = `${isFar} ${isDense}`;
    const found = kinds.get(key) ?? layer(isFar ? far : near, isDense ? dense : mixture);
    kinds.set(key, found);
    return found;
  });
  const positions: Block[] = shape.nPositions
    ? [{ kind: "position-table", rows: shape.nPositions, width: hiddenSize }]
    : [];
  return {
    name: "",
    modelType: "shape",
    hiddenSize,
    vocabSize,
    ...(shape.nPositions && { maxTokens: shape.nPositions }),
    input: [{ kind: "token-table", rows: vocabSize, width: hiddenSize }, ...positions],
    layers,
    output: [norm, { kind: "head", rows: vocabSize, width: hiddenSize, tied: shape.tiedEmbeddings }],
    towers: [],
    prediction: [],
  };
}
