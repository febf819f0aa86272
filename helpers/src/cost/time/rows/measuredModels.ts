import { models } from "../../../catalog/models.ts";
import type { Block } from "../../../models/blocks/Block.ts";
import type { Layer, Model } from "../../../models/Model.ts";
import { modelFromShape } from "../../../models/modelFromShape.ts";
import type { GroupedAttention, TransformerShape } from "../../../models/TransformerShape.ts";

const grouped = (nHeads: number, nKvHeads: number, headSize = 128): GroupedAttention => ({
  kind: "grouped",
  nHeads,
  nKvHeads,
  headSize,
});

/** A decoder with four times the width inside, as GPT-3's. */
function gpt(nLayers: number, hiddenSize: number, nHeads: number, vocabSize: number): TransformerShape {
  const attention = grouped(nHeads, nHeads, hiddenSize / nHeads);
  return {
    nLayers,
    hiddenSize,
    vocabSize,
    tiedEmbeddings: true,
    attention,
    ffnSize: 4 * hiddenSize,
    gated: false,
  };
}

function mixture(
  [nLayers, hiddenSize, vocabSize]: readonly [number, number, number],
  attention: TransformerShape["attention"],
  experts: NonNullable<TransformerShape["experts"]>,
  ffnSize = experts.expertSize,
): TransformerShape {
  return { nLayers, hiddenSize, vocabSize, tiedEmbeddings: false, attention, ffnSize, gated: true, experts };
}

interface HybridSize {
  readonly hiddenSize: number;
  readonly stateHeads: number;
  readonly experts: {
    readonly nExperts: number;
    readonly perToken: number;
    readonly size: number;
    readonly sharedSize: number;
    readonly latentSize?: number;
  };
}

/** Nemotron-H of one mixer or mixture a layer: M a state space, E experts, * attention. */
function hybrid(name: string, pattern: string, size: HybridSize, prediction: number): Model {
  const { hiddenSize, stateHeads, experts } = size;
  const norm: Block = { kind: "norm", size: hiddenSize };
  const attention: Block = {
    kind: "attention",
    inputSize: hiddenSize,
    nHeads: 32,
    nKvHeads: 2,
    keySize: 128,
    span: { kind: "full" },
  };
  const state: Block = {
    kind: "state-space",
    variant: "mamba2",
    inputSize: hiddenSize,
    innerSize: stateHeads * 64,
    stateSize: 128,
    convTokens: 4,
    nHeads: stateHeads,
    nGroups: 8,
  };
  const routed: Block = { kind: "experts", inputSize: hiddenSize, matrices: 2, ...experts };
  const kinds: Record<string, Layer> = {
    M: { blocks: [norm, state] },
    E: { blocks: [norm, routed] },
    "*": { blocks: [norm, attention] },
  };
  const rows = 131072;
  return {
    name,
    modelType: "nemotron_h",
    hiddenSize,
    vocabSize: rows,
    input: [{ kind: "token-table", rows, width: hiddenSize }],
    layers: [...pattern].map((kind) => kinds[kind]!),
    output: [norm, { kind: "head", rows, width: hiddenSize, tied: false }],
    towers: [],
    prediction: Array.from({ length: prediction }, () => ({ blocks: [norm, attention, norm, routed] })),
  };
}

/** A model whose last kind of layer stands once more behind it, to predict the token after the next. */
function withPrediction(shape: TransformerShape): Model {
  const model = modelFromShape(shape);
  return { ...model, prediction: [model.layers.at(-1)!] };
}

const latent = (nHeads: number) =>
  ({
    kind: "latent",
    nHeads,
    queryRank: 1536,
    kvRank: 512,
    ropeSize: 64,
    nopeSize: 128,
    valueSize: 128,
  }) as const;

const nano = {
  hiddenSize: 2688,
  stateHeads: 64,
  experts: { nExperts: 128, perToken: 6, size: 1856, sharedSize: 3712 },
};

/**
 * Models of the published measurements. Sources: MPT: llm-foundry's configurations (vocabulary padded to 50,368);
 * Megatron: Korthikanti et al. 2022, Table 3; the rest: their configuration files, Nemotron 3 those of Megatron-Bridge
 * (nemotron_h_provider.py).
 */
const builders: Readonly<Record<string, () => Model>> = {
  "mpt-125m": () => modelFromShape(gpt(12, 768, 12, 50368)),
  "mpt-350m": () => modelFromShape(gpt(24, 1024, 16, 50368)),
  "mpt-760m": () => modelFromShape(gpt(24, 1536, 12, 50368)),
  "mpt-1b": () => modelFromShape(gpt(24, 2048, 16, 50368)),
  "mpt-3b": () => modelFromShape(gpt(32, 2560, 20, 50368)),
  "mpt-7b": () => modelFromShape(gpt(32, 4096, 32, 50368)),
  "mpt-13b": () => modelFromShape(gpt(40, 5120, 40, 50368)),
  "mpt-30b": () => modelFromShape(gpt(48, 7168, 56, 50368)),
  "mpt-70b": () => modelFromShape(gpt(80, 8192, 64, 50368)),
  "megatron-22b": () => modelFromShape(gpt(48, 6144, 64, 51200)),
  "gpt-3-175b": () => modelFromShape(gpt(96, 12288, 96, 51200)),
  "turing-530b": () => modelFromShape(gpt(105, 20480, 128, 51200)),
  "megatron-1t": () => modelFromShape(gpt(128, 25600, 160, 51200)),
  "llama-2-70b": () => modelFromShape(models["Llama-2-70B"].shape),
  "llama-3-8b": () => modelFromShape(models["Llama-3-8B"].shape),
  "llama-3-70b": () => modelFromShape(models["Llama-3-70B"].shape),
  "llama-3.1-405b": () => modelFromShape(models["Llama-3.1-405B"].shape),
  "mixtral-8x7b": () => modelFromShape(models["Mixtral-8x7B"].shape),
  "mixtral-8x22b": () =>
    modelFromShape(
      mixture([56, 6144, 32768], grouped(48, 8), { nExperts: 8, expertsPerToken: 2, expertSize: 16384 }),
    ),
  "gpt-oss-120b": () =>
    modelFromShape(
      mixture(
        [36, 2880, 201088],
        { ...grouped(64, 8, 64), window: 128, globalEvery: 2 },
        { nExperts: 128, expertsPerToken: 4, expertSize: 2880 },
      ),
    ),
  "gpt-oss-20b": () =>
    modelFromShape(
      mixture(
        [24, 2880, 201088],
        { ...grouped(64, 8, 64), window: 128, globalEvery: 2 },
        { nExperts: 32, expertsPerToken: 4, expertSize: 2880 },
      ),
    ),
  "qwen3-30b-a3b": () =>
    modelFromShape(
      mixture([48, 2048, 151936], grouped(32, 4), { nExperts: 128, expertsPerToken: 8, expertSize: 768 }),
    ),
  "qwen3-235b-a22b": () =>
    modelFromShape(
      mixture([94, 4096, 151936], grouped(64, 4), { nExperts: 128, expertsPerToken: 8, expertSize: 1536 }),
    ),
  "deepseek-v3": () => withPrediction(models["DeepSeek-V3"].shape),
  "kimi-k2": () =>
    modelFromShape(
      mixture(
        [61, 7168, 163840],
        latent(64),
        {
          nExperts: 384,
          expertsPerToken: 8,
          expertSize: 2048,
          sharedSize: 2048,
          denseLayers: 1,
          routerBias: true,
        },
        18432,
      ),
    ),
  "nemotron-3-nano": () =>
    hybrid("Nemotron 3 Nano", "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME", nano, 0),
  "nemotron-3.5-lightning": () =>
    hybrid("Nemotron 3.5 Lightning", "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME", nano, 1),
  "nemotron-3-super": () =>
    hybrid(
      "Nemotron 3 Super",
      "MEMEMEM*EMEMEMEM*EMEMEMEM*EMEMEMEMEM*EMEMEMEMEM*EMEMEMEMEM*EMEMEMEMEM*EMEMEMEM*EMEMEMEME",
      {
        hiddenSize: 4096,
        stateHeads: 128,
        experts: { nExperts: 512, perToken: 22, size: 2688, sharedSize: 5376, latentSize: 1024 },
      },
      2,
    ),
};

/** Whether a key is one of the measured models. */
export const isMeasuredModel = (key: string): boolean => Object.hasOwn(builders, key);

const built = new Map<string, Model>();

/** The model of a key. */
export function measuredModel(key: string): Model {
  let model = built.get(key);
  if (!model) {
    model = builders[key]!();
    built.set(key, model);
  }
  return model;
}
