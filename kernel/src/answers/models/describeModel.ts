import {
  blockTensors,
  type CachedSequence,
  countParams,
  kvCache,
  type Model,
  type ParamCount,
  tensorSize,
} from "isoflop";

/** A model as `isoflop models --json` gives it. */
export interface ModelAnswer {
  readonly name: string;
  readonly modelType: string;
  readonly hiddenSize: number;
  readonly vocabSize: number;
  readonly maxTokens: number | null;
  readonly storedWeights: Model["storedWeights"] | null;
  readonly params: Pick<ParamCount, "total" | "active" | "embedding" | "towers" | "prediction" | "byBlock">;
  /** At 16 bits, every layer in full, windows or not. */
  readonly kvBytesPerToken: number;
  /** Recurrent states and the past of convolutions of one sequence, at 16 bits. */
  readonly stateBytes: number;
  /** What one sequence keeps, as the options ask for. */
  readonly cache: {
    readonly tokens: number;
    readonly bits: number;
    readonly blockTokens: number;
    readonly chunkTokens: number;
    readonly tensorParallel: number;
    readonly latent: "compressed" | "expanded";
    readonly kvBytesPerToken: number;
    readonly kvBytes: number;
    /** Keys of indexers (DeepSeek-V3.2, GLM-5), beside those of attention. */
    readonly indexerBytes: number;
    readonly stateBytes: number;
    readonly bytes: number;
    readonly bytesPerDevice: number;
    readonly tokensHeld: number;
  };
  readonly layers: readonly LayerAnswer[];
}

/** One layer: what it holds, and what it keeps of the sequence. */
export interface LayerAnswer {
  readonly layer: number;
  readonly kind: string;
  readonly params: number;
  readonly kvBytesPerToken: number;
  /** Tokens it looks back at; null where it sees everything. */
  readonly window: number | null;
  readonly tokensHeld: number;
  readonly kvBytes: number;
  readonly indexerBytes: number;
  readonly stateBytes: number;
  readonly bytesPerDevice: number;
}

/** Counts of a model, and what one sequence keeps; without a length, as many tokens as the configuration names. */
export function describeModel(model: Model, asked: Partial<CachedSequence> = {}): ModelAnswer {
  const sequence = { tokens: model.maxTokens ?? 1, ...asked };
  const cache = kvCache(model, sequence);
  const plain = kvCache(model, { tokens: 1 });
  const { total, active, embedding, towers, prediction, byBlock } = countParams(model);
  return {
    name: model.name,
    modelType: model.modelType,
    hiddenSize: model.hiddenSize,
    vocabSize: model.vocabSize,
    maxTokens: model.maxTokens ?? null,
    storedWeights: model.storedWeights ?? null,
    params: { total, active, embedding, towers, prediction, byBlock },
    kvBytesPerToken: plain.kvBytesPerToken,
    stateBytes: plain.stateBytes,
    cache: {
      tokens: sequence.tokens,
      bits: sequence.bits ?? 16,
      blockTokens: sequence.blockTokens ?? 1,
      chunkTokens: sequence.chunkTokens ?? 1,
      tensorParallel: sequence.tensorParallel ?? 1,
      latent: sequence.latent ?? "compressed",
      kvBytesPerToken: cache.kvBytesPerToken,
      kvBytes: cache.kvBytes,
      indexerBytes: cache.indexerBytes,
      stateBytes: cache.stateBytes,
      bytes: cache.bytes,
      bytesPerDevice: cache.bytesPerDevice,
      tokensHeld: cache.tokensHeld,
    },
    layers: cache.layers.map((kept, i) => {
      const { blocks } = model.layers[i]!;
      let params = 0;
      let window: number | null = null;
      for (const block of blocks) {
        for (const tensor of blockTensors(block)) params += tensorSize(tensor);
        if ("span" in block && block.span.kind !== "full") window = block.span.tokens;
      }
      const { layer, kind, ...bytes } = kept;
      return { layer, kind, params, window, ...bytes };
    }),
  };
}
