import { type NormBlock, normTensors } from "./Norm.ts";
import { linear, type Tensor, vector } from "./Tensor.ts";

/** How far a layer looks back: at everything, at the last `tokens`, or within chunks of `tokens` (Llama 4). */
export type AttentionSpan =
  | { readonly kind: "full" }
  | { readonly kind: "window"; readonly tokens: number }
  | { readonly kind: "chunk"; readonly tokens: number };

/** Attention with softmax: multi-head, grouped or multi-query, by the number of key-value heads. */
export interface AttentionBlock {
  readonly kind: "attention";
  readonly inputSize: number;
  /** Width that comes out; default inputSize. */
  readonly outputSize?: number;
  readonly nHeads: number;
  readonly nKvHeads: number;
  /** Width of a head's query and key. */
  readonly keySize: number;
  /** Width of a head's value; default keySize. */
  readonly valueSize?: number;
  readonly span: AttentionSpan;
  /** Biases of the four projections; default none. */
  readonly biases?: {
    readonly query?: boolean;
    readonly key?: boolean;
    readonly value?: boolean;
    readonly output?: boolean;
  };
  /** Norms of queries and keys: `size` is keySize for one a head shared by all, or that of all heads together. */
  readonly queryNorm?: NormBlock;
  readonly keyNorm?: NormBlock;
  /** Norm of the heads' output before the output projection. */
  readonly outputNorm?: NormBlock;
  /** Values a token that gate the heads' output: nHeads (one a head) or nHeads·valueSize; projected from the input. */
  readonly gateSize?: number;
  /** One learned logit a head that the softmax may spend its mass on (gpt-oss). */
  readonly sinks?: boolean;
  /** Learned biases by distance, a value a bucket and head, in the one layer of a stack that holds them (T5). */
  readonly relativeBuckets?: number;
  /** Whether keys and values come from another sequence (decoder of an encoder-decoder). */
  readonly cross?: boolean;
  /** Width of that sequence; default inputSize. */
  readonly crossSize?: number;
  /** Whether a token sees only what stands before it; default true. */
  readonly causal?: boolean;
  /** Whether keys and values are those of an earlier layer, so that none are computed or cached here; default false. */
  readonly sharesKv?: boolean;
}

/** Tensors of an attention block. */
export function attentionTensors(block: AttentionBlock): Tensor[] {
  const { inputSize, nHeads, nKvHeads, keySize, valueSize = keySize, biases = {} } = block;
  const { outputSize = inputSize, crossSize = inputSize } = block;
  const source = block.cross ? crossSize : inputSize;
  const gate = block.gateSize ?? 0;
  const own = block.sharesKv !== true;
  return [
    ...linear("query", nHeads * keySize, inputSize, "columns", { bias: biases.query }),
    ...linear("gate", gate, inputSize, "columns", { bias: biases.query }),
    ...(own ? linear("key", nKvHeads * keySize, source, "kvHeads", { bias: biases.key }) : []),
    ...(own ? linear("value", nKvHeads * valueSize, source, "kvHeads", { bias: biases.value }) : []),
    ...linear("output", outputSize, nHeads * valueSize, "rows", { bias: biases.output }),
    ...(block.queryNorm ? normTensors(block.queryNorm, "query-norm") : []),
    ...(block.keyNorm && own ? normTensors(block.keyNorm, "key-norm") : []),
    ...(block.outputNorm ? normTensors(block.outputNorm, "output-norm") : []),
    ...(block.sinks ? [vector("sinks", nHeads, "columns")] : []),
    ...(block.relativeBuckets
      ? [
          {
            name: "relative-bias.weight",
            shape: [block.relativeBuckets, nHeads],
            role: "table" as const,
            split: "columns" as const,
          },
        ]
      : []),
  ];
}
