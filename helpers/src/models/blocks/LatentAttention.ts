import type { AttentionSpan } from "./Attention.ts";
import { normTensors } from "./Norm.ts";
import { linear, type Tensor } from "./Tensor.ts";

/** The small scorer that picks which tokens a sparse latent layer attends to (DeepSeek-V3.2, GLM-5). */
export interface Indexer {
  readonly nHeads: number;
  readonly headSize: number;
  /** Tokens picked for each query. */
  readonly topTokens: number;
  /** Whether the norm of its keys has a bias (LayerNorm). Default true. */
  readonly keyNormBias?: boolean;
}

/** Multi-head latent attention: one compressed key-value vector a token, and one rotary key for all heads. */
export interface LatentAttentionBlock {
  readonly kind: "latent-attention";
  readonly inputSize: number;
  readonly nHeads: number;
  /** Rank of the query projection; absent, queries are projected directly (DeepSeek-V2-Lite). */
  readonly queryRank?: number;
  /** Rank of the shared key-value projection, cached. */
  readonly kvRank: number;
  /** Width of the rotary key, cached once a token. */
  readonly ropeSize: number;
  /** Width of the part of a head's query and key without rotation. */
  readonly nopeSize: number;
  /** Width of a head's value. */
  readonly valueSize: number;
  readonly span: AttentionSpan;
  /** Biases of the two compressions (`down`) and of the output; default none. */
  readonly biases?: { readonly down?: boolean; readonly output?: boolean };
  readonly indexer?: Indexer;
}

/** Tensors of a latent attention block. */
export function latentAttentionTensors(block: LatentAttentionBlock): Tensor[] {
  const { inputSize, nHeads, queryRank, kvRank, ropeSize, nopeSize, valueSize, biases = {}, indexer } = block;
  const querySize = nHeads * (nopeSize + ropeSize);
  const query =
    queryRank === undefined
      ? linear("query", querySize, inputSize, "columns")
      : [
          ...linear("query-down", queryRank, inputSize, "none", { bias: biases.down }),
          ...normTensors({ kind: "norm", size: queryRank }, "query-norm"),
          ...linear("query-up", querySize, queryRank, "columns"),
        ];
  return [
    ...query,
    ...linear("kv-down", kvRank + ropeSize, inputSize, "none", { bias: biases.down }),
    ...normTensors({ kind: "norm", size: kvRank }, "kv-norm"),
    ...linear("kv-up", nHeads * (nopeSize + valueSize), kvRank, "columns"),
    ...linear("output", inputSize, nHeads * valueSize, "rows", { bias: biases.output }),
    ...(indexer
      ? [
          ...linear("indexer-query", indexer.nHeads * indexer.headSize, queryRank ?? inputSize, "none"),
          ...linear("indexer-key", indexer.headSize, inputSize, "none"),
          ...normTensors(
            { kind: "norm", size: indexer.headSize, bias: indexer.keyNormBias ?? true },
            "indexer-key-norm",
          ),
          ...linear("indexer-weights", indexer.nHeads, inputSize, "none"),
        ]
      : []),
  ];
}
