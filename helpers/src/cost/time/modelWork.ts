import type { AttentionSpan } from "../../models/blocks/Attention.ts";
import type { Block } from "../../models/blocks/Block.ts";
import type { Layer, Model } from "../../models/Model.ts";
import { blockSize } from "../arithmetic/countParams.ts";
import { matrixFlops } from "../arithmetic/forwardFlops.ts";
import { visiblePairs } from "../arithmetic/visiblePairs.ts";

/** FLOPs of scores and weighted sums for one pair of tokens, and how far the layers that spend them look back. */
interface PairWork {
  readonly span: AttentionSpan;
  readonly causal: boolean;
  flopsPerPair: number;
}

/**
 * What a model asks of each token, summed over its layers, from which the time of a step follows for any layout. FLOPs
 * are those of the forward pass.
 */
export interface ModelWork {
  /** Matrices that every token passes: projections of attention, dense feed-forward, shared experts, routers. */
  denseFlops: number;
  /** Routed experts, those that a token is sent to. */
  expertFlops: number;
  headFlops: number;
  readonly pairs: readonly PairWork[];
  /** Values of recurrent states, each updated and read once a token. */
  stateValues: number;
  /** Values between the products (norms, activations, residual stream) written or read once. */
  passedValues: number;
  /** The same for what goes to routed experts and back: permuted, activated, summed. */
  routedValues: number;
  /** Values sent to experts, and as many that come back. */
  dispatchedValues: number;
  /** Heads of attention, all layers: values of scores a pair of tokens. */
  scoreHeads: number;
  /** Logits and the copies that the loss makes. */
  logits: number;
  /** Values of the residual stream that tensor-parallel devices exchange, one way. */
  exchangedValues: number;
  /** Keys and values that context-parallel devices pass on. */
  keyValues: number;
  readonly hiddenSize: number;
  /** Blocks that launch kernels: mixers and feed-forwards. */
  nBlocks: number;
  nExpertBlocks: number;
  params: number;
  /** Of `params`, routed experts. */
  expertParams: number;
}

const known = new WeakMap<Model, ModelWork[]>();

/** The work of a model; with `withPrediction` that of its modules for further tokens, too. */
export function modelWork(model: Model, withPrediction = false): ModelWork {
  let both = known.get(model);
  if (!both) {
    both = [];
    known.set(model, both);
  }
  const at = withPrediction && model.prediction.length > 0 ? 1 : 0;
  both[at] ??= workOf(model, at === 1);
  return both[at];
}

function workOf(model: Model, withPrediction: boolean): ModelWork {
  const pairs = new Map<string, PairWork>();
  const work: ModelWork = {
    denseFlops: 0,
    expertFlops: 0,
    headFlops: 0,
    pairs: [],
    stateValues: 0,
    passedValues: 0,
    routedValues: 0,
    dispatchedValues: 0,
    scoreHeads: 0,
    logits: 0,
    exchangedValues: 0,
    keyValues: 0,
    hiddenSize: model.hiddenSize,
    nBlocks: 0,
    nExpertBlocks: 0,
    params: 0,
    expertParams: 0,
  };
  const heads = model.output.filter((block) => block.kind === "head");
  const layers: readonly Layer[] = withPrediction ? [...model.layers, ...model.prediction] : model.layers;
  for (const { blocks } of layers) for (const block of blocks) addBlock(work, pairs, block);
  const passes = 1 + (withPrediction ? model.prediction.length : 0);
  for (const head of heads) {
    work.headFlops += passes * 2 * head.width * head.rows;
    work.logits += passes * head.rows;
  }
  for (const block of [...model.input, ...model.output]) {
    const { total } = blockSize(block);
    work.params += total;
  }
  return Object.assign(work, { pairs: [...pairs.values()] });
}

function addBlock(work: ModelWork, pairs: Map<string, PairWork>, block: Block): void {
  const { total } = blockSize(block);
  work.params += total;
  const flops = matrixFlops(block);
  const h = work.hiddenSize;
  switch (block.kind) {
    case "norm":
      work.passedValues += 4 * block.size;
      return;
    case "attention":
    case "latent-attention": {
      const latent = block.kind === "latent-attention";
      const { nHeads } = block;
      const keySize = latent ? block.nopeSize + block.ropeSize : block.keySize;
      const valueSize = block.valueSize ?? keySize;
      const kvHeads = latent ? nHeads : block.nKvHeads;
      const causal = latent || block.causal !== false;
      work.denseFlops += flops;
      work.passedValues += 4 * h + 3 * (nHeads + kvHeads) * (keySize + valueSize);
      work.scoreHeads += nHeads;
      work.keyValues += kvHeads * (keySize + valueSize);
      work.exchangedValues += 2 * h;
      work.nBlocks += 1;
      addPairs(pairs, block.span, causal, 2 * nHeads * (keySize + valueSize));
      return;
    }
    case "linear-attention":
      work.denseFlops += flops;
      work.stateValues += block.nValueHeads * block.keySize * block.valueSize;
      work.passedValues += 4 * h + 8 * block.nValueHeads * block.valueSize;
      work.exchangedValues += 2 * h;
      work.nBlocks += 1;
      return;
    case "state-space":
      work.denseFlops += flops;
      work.stateValues += block.innerSize * block.stateSize;
      work.passedValues += 4 * h + 10 * block.innerSize;
      work.exchangedValues += 2 * h;
      work.nBlocks += 1;
      return;
    case "feed-forward":
      work.denseFlops += flops;
      work.passedValues += 4 * h + 3 * block.matrices * block.size;
      work.exchangedValues += 2 * h;
      work.nBlocks += 1;
      return;
    case "experts": {
      const width = block.latentSize ?? block.inputSize;
      const routed = 2 * block.matrices * width * block.size * block.perToken;
      work.expertFlops += routed;
      work.denseFlops += flops - routed;
      work.passedValues += 4 * h + 3 * block.matrices * (block.sharedSize ?? 0);
      work.routedValues += block.perToken * (8 * width + 3 * block.matrices * block.size);
      work.dispatchedValues += block.perToken * width;
      work.exchangedValues += 2 * h;
      work.expertParams += block.nExperts * block.matrices * width * block.size;
      work.nBlocks += 1;
      work.nExpertBlocks += 1;
      return;
    }
    default:
      work.denseFlops += flops;
  }
}

function addPairs(pairs: Map<string, PairWork>, span: AttentionSpan, causal: boolean, flops: number): void {
  const key = `${span.kind}${span.kind === "full" ? "" : span.tokens}${causal}`;
  const known = pairs.get(key);
  if (known) known.flopsPerPair += flops;
  else pairs.set(key, { span, causal, flopsPerPair: flops });
}

/** FLOPs of attention a token of a sequence, forward; causal layers count the pairs a token can see, or all. */
export function attentionFlops(work: ModelWork, sequenceTokens: number, causal = true): number {
  let flops = 0;
  for (const pair of work.pairs) {
    const seen =
      causal && pair.causal ? visiblePairs(pair.span, sequenceTokens, 0) : sequenceTokens * sequenceTokens;
    flops += pair.flopsPerPair * (seen / sequenceTokens);
  }
  return flops;
}
