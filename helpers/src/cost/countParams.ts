import type { TransformerShape } from "../catalog/TransformerShape.ts";
import { checkShape } from "./checkShape.ts";

/** Parameters of a transformer, exact counts. */
export interface ParamCount {
  readonly total: number;
  /** Those one token uses: the total without the experts it is not sent to. */
  readonly active: number;
  /** Token and position embeddings. */
  readonly embedding: number;
  /** Output head; 0 where it is the embedding matrix. */
  readonly head: number;
  /** Attention projections, all layers. */
  readonly attention: number;
  /** Dense feed-forward, all experts and routers, all layers. */
  readonly feedForward: number;
  /** Of `feedForward`, what one token uses. */
  readonly activeFeedForward: number;
  /** Scales of the normalisations. */
  readonly norms: number;
}

/**
 * Counts the parameters of a decoder-only transformer without biases, from its shape.
 *
 * Grouped attention has (2·n_heads + 2·n_kv)·d_head·d weights a layer, a gated feed-forward 3·d·d_ffn, a
 * plain one 2·d·d_ffn, a mixture of E experts E times that with its own width plus a router of d·E; two
 * normalisations a layer and one at the end scale d values each (latent attention has two more).
 *
 * Sources: the architectures' papers and configuration files; Llama 2 and 3, Mixtral and DeepSeek-V3 agree
 * with the published counts to the last parameter.
 *
 * @throws RangeError on a shape with counts that are not whole, or heads that do not divide
 * @example
 * import { countParams, modelShape } from "isoflop";
 * countParams(modelShape("Llama-2-7B")).total; // => 6738415616
 * countParams(modelShape("Mixtral-8x7B")).active; // => 12879925248
 */
export function countParams(shape: TransformerShape): ParamCount {
  checkShape(shape);
  const { nLayers, hiddenSize, vocabSize, attention, experts } = shape;
  const embedding = (vocabSize + (shape.nPositions ?? 0)) * hiddenSize;
  const head = shape.tiedEmbeddings ? 0 : vocabSize * hiddenSize;
  const attentionParams = nLayers * attentionPerLayer(shape);
  const matrices = shape.gated ? 3 : 2;
  const dense = matrices * hiddenSize * shape.ffnSize;
  let feedForward = nLayers * dense;
  let activeFeedForward = feedForward;
  if (experts) {
    const denseLayers = experts.denseLayers ?? 0;
    const expert = matrices * hiddenSize * experts.expertSize;
    const router = (hiddenSize + (experts.routerBias ? 1 : 0)) * experts.nExperts;
    const common = matrices * hiddenSize * (experts.sharedSize ?? 0) + router;
    feedForward = denseLayers * dense + (nLayers - denseLayers) * (experts.nExperts * expert + common);
    activeFeedForward =
      denseLayers * dense + (nLayers - denseLayers) * (experts.expertsPerToken * expert + common);
  }
  const latentNorms = attention.kind === "latent" ? attention.queryRank + attention.kvRank : 0;
  const norms = nLayers * (2 * hiddenSize + latentNorms) + hiddenSize;
  const total = embedding + head + attentionParams + feedForward + norms;
  const active = total - feedForward + activeFeedForward;
  return {
    total,
    active,
    embedding,
    head,
    attention: attentionParams,
    feedForward,
    activeFeedForward,
    norms,
  };
}

function attentionPerLayer({ hiddenSize, attention }: TransformerShape): number {
  if (attention.kind === "grouped") {
    return 2 * (attention.nHeads + attention.nKvHeads) * attention.headSize * hiddenSize;
  }
  const { nHeads, queryRank, kvRank, ropeSize, nopeSize, valueSize } = attention;
  const query = hiddenSize * queryRank + queryRank * nHeads * (nopeSize + ropeSize);
  const keyValue = hiddenSize * (kvRank + ropeSize) + kvRank * nHeads * (nopeSize + valueSize);
  return query + keyValue + nHeads * valueSize * hiddenSize;
}
