import type { GroupedAttention, TransformerShape } from "../models/TransformerShape.ts";

/** A model of the catalogue. */
export interface CatalogModel {
  readonly shape: TransformerShape;
  /** Where the shape is from. */
  readonly source: string;
}

const grouped = (nHeads: number, nKvHeads: number, headSize = 128): GroupedAttention => ({
  kind: "grouped",
  nHeads,
  nKvHeads,
  headSize,
});

const llama = (
  nLayers: number,
  hiddenSize: number,
  attention: GroupedAttention,
  ffnSize: number,
  vocabSize: number,
): TransformerShape => ({
  nLayers,
  hiddenSize,
  vocabSize,
  tiedEmbeddings: false,
  attention,
  ffnSize,
  gated: true,
});

const llama2 = "Touvron et al. 2023, Llama 2, configuration files";
const llama3 = "Llama team 2024, The Llama 3 Herd of Models, Table 3";

/**
 * Shapes of well-known models, by name. Parameters follow from them by `countParams`.
 *
 * @example
 * import { models } from "isoflop";
 * models["Llama-3-8B"].shape.attention.nHeads; // => 32
 */
export const models = {
  "GPT-2": {
    shape: {
      nLayers: 12,
      hiddenSize: 768,
      vocabSize: 50257,
      tiedEmbeddings: true,
      attention: grouped(12, 12, 64),
      ffnSize: 3072,
      gated: false,
      nPositions: 1024,
    },
    source: "Radford et al. 2019, 124M model, without biases as in nanoGPT",
  },
  "Llama-2-7B": { shape: llama(32, 4096, grouped(32, 32), 11008, 32000), source: llama2 },
  "Llama-2-13B": { shape: llama(40, 5120, grouped(40, 40), 13824, 32000), source: llama2 },
  "Llama-2-70B": { shape: llama(80, 8192, grouped(64, 8), 28672, 32000), source: llama2 },
  "Llama-3-8B": { shape: llama(32, 4096, grouped(32, 8), 14336, 128256), source: llama3 },
  "Llama-3-70B": { shape: llama(80, 8192, grouped(64, 8), 28672, 128256), source: llama3 },
  "Llama-3.1-405B": { shape: llama(126, 16384, grouped(128, 8), 53248, 128256), source: llama3 },
  "Mistral-7B-v0.1": {
    shape: llama(32, 4096, { ...grouped(32, 8), window: 4096 }, 14336, 32000),
    source: "Jiang et al. 2023, Mistral 7B, Table 1",
  },
  "Mixtral-8x7B": {
    shape: {
      ...llama(32, 4096, grouped(32, 8), 14336, 32000),
      experts: { nExperts: 8, expertsPerToken: 2, expertSize: 14336 },
    },
    source: "Jiang et al. 2024, Mixtral of Experts, Table 1",
  },
  "OLMoE-1B-7B": {
    shape: {
      ...llama(16, 2048, grouped(16, 16), 1024, 50304),
      experts: { nExperts: 64, expertsPerToken: 8, expertSize: 1024 },
    },
    source: "Muennighoff et al. 2024, OLMoE, configuration file (the norms of queries and keys left out)",
  },
  "DeepSeek-V3": {
    shape: {
      nLayers: 61,
      hiddenSize: 7168,
      vocabSize: 129280,
      tiedEmbeddings: false,
      attention: {
        kind: "latent",
        nHeads: 128,
        queryRank: 1536,
        kvRank: 512,
        ropeSize: 64,
        nopeSize: 128,
        valueSize: 128,
      },
      ffnSize: 18432,
      gated: true,
      experts: {
        nExperts: 256,
        expertsPerToken: 8,
        expertSize: 2048,
        sharedSize: 2048,
        denseLayers: 3,
        routerBias: true,
      },
    },
    source: "DeepSeek-AI 2024, DeepSeek-V3 Technical Report, section 4.2 (without the prediction module)",
  },
} as const satisfies Record<string, CatalogModel>;

/** Name of a model of the catalogue. */
export type ModelName = keyof typeof models;

/**
 * Shape of a model of the catalogue.
 *
 * @throws RangeError on an unknown name, listing the known ones
 * @example
 * import { modelShape } from "isoflop";
 * modelShape("Llama-2-70B").nLayers; // => 80
 */
export function modelShape(name: ModelName): TransformerShape {
  if (!Object.hasOwn(models, name)) {
    throw new RangeError(`no model "${name}" in the catalogue; it has ${Object.keys(models).join(", ")}`);
  }
  return models[name].shape;
}
