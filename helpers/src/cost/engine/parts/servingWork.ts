import type { AttentionSpan } from "../../../models/blocks/Attention.ts";
import { type Block, blockTensors } from "../../../models/blocks/Block.ts";
import { recurrentState } from "../../../models/blocks/recurrentState.ts";
import { tensorSize } from "../../../models/blocks/Tensor.ts";
import type { Model } from "../../../models/Model.ts";
import { mixingFlops } from "../../arithmetic/forwardFlops.ts";
import { cachedValues } from "../../arithmetic/kvCache.ts";

/** Layers that attend alike. */
export interface AttendingLayers {
  readonly layers: number;
  readonly block: Block & { readonly span: AttentionSpan };
  readonly latent: boolean;
  /** Values cached a token, and how many heads they may be divided over. */
  readonly cachedValues: number;
  readonly kvHeads: number;
  /** Tokens read of those in sight, at most; values of an indexer's key, read of all. */
  readonly topTokens: number;
  readonly indexerValues: number;
  readonly indexerPairFlops: number;
  /** FLOPs a pair, of a decoded token and of a prompt. */
  readonly decodePairFlops: number;
  readonly promptPairFlops: number;
}

/** Layers of experts that are alike. */
export interface ExpertLayers {
  readonly layers: number;
  readonly nExperts: number;
  readonly perToken: number;
  /** Weights of all experts of these layers. */
  readonly weights: number;
}

/** What serving needs to know of a model: sums over its layers. */
export interface ServingWork {
  readonly attending: readonly AttendingLayers[];
  readonly experts: readonly ExpertLayers[];
  readonly layers: number;
  readonly hiddenSize: number;
  /** Weights of matrices: divided over devices, divided by key-value heads at most, on every device. */
  readonly divided: number;
  readonly byKvHeads: number;
  readonly kvHeads: number;
  readonly whole: number;
  /** Weights of the head. */
  readonly head: number;
  /** Values of state of one sequence. */
  readonly stateValues: number;
  /** FLOPs a token that no weight takes part in, of recurrences. */
  readonly recurrentFlops: number;
  /** Kernels a pass launches. */
  readonly launches: number;
  readonly expertLaunches: number;
  readonly otherLaunches: number;
  /** Whether the model has modules that predict further tokens. */
  readonly drafts: boolean;
}

const known = new WeakMap<Model, ServingWork>();

/** Kernels of a layer, about: what engines of 2025 launch with fused norms and activations. Their constant is calibrated. */
const kernels = { attention: 6, latent: 6, indexer: 16, recurrent: 9, norm: 1, feedForward: 3, experts: 8 };

/** Sums a model's layers, once. */
export function servingWork(model: Model): ServingWork {
  let work = known.get(model);
  if (!work) {
    work = sum(model);
    known.set(model, work);
  }
  return work;
}

function sum(model: Model): ServingWork {
  const total = {
    divided: 0,
    byKvHeads: 0,
    kvHeads: 1,
    whole: 0,
    head: 0,
    stateValues: 0,
    recurrentFlops: 0,
    launches: 0,
    expertLaunches: 0,
    otherLaunches: 0,
  };
  const attending = new Map<string, AttendingLayers>();
  const experts = new Map<string, ExpertLayers>();
  for (const { blocks } of model.layers) for (const block of blocks) add(block);
  for (const block of model.output) if (block.kind === "head") total.head += block.rows * block.width;
  return {
    ...total,
    layers: model.layers.length,
    hiddenSize: model.hiddenSize,
    attending: [...attending.values()],
    experts: [...experts.values()],
    drafts: model.prediction.length > 0,
  };

  function add(block: Block): void {
    let routed = 0;
    for (const tensor of blockTensors(block)) {
      if (tensor.role !== "matrix" && tensor.role !== "kernel") continue;
      const size = tensorSize(tensor);
      if (tensor.routed) routed += size;
      else if (tensor.split === "none") total.whole += size;
      else if (tensor.split === "kvHeads") total.byKvHeads += size;
      else total.divided += size;
    }
    switch (block.kind) {
      case "attention":
      case "latent-attention":
        attend(block);
        break;
      case "norm":
        total.launches += kernels.norm;
        break;
      case "feed-forward":
        total.launches += kernels.feedForward;
        break;
      case "experts": {
        total.expertLaunches += kernels.experts;
        const { nExperts, perToken } = block;
        const key = `${nExperts} ${perToken}`;
        const { layers = 0, weights = 0 } = experts.get(key) ?? {};
        experts.set(key, { nExperts, perToken, layers: layers + 1, weights: weights + routed });
        break;
      }
      default: {
        const state = recurrentState(block);
        if (!state) break;
        total.otherLaunches += kernels.recurrent;
        total.stateValues += state.recurrent + state.convolution;
        total.recurrentFlops += mixingFlops(block, {
          newTokens: 1,
          cached: 0,
          causal: true,
          latent: "absorbed",
        });
      }
    }
  }

  function attend(block: Block & { readonly span: AttentionSpan }): void {
    const latent = block.kind === "latent-attention";
    const indexer = latent ? block.indexer : undefined;
    total.launches += kernels.attention;
    if (latent) total.otherLaunches += kernels.latent + (indexer ? kernels.indexer : 0);
    const kvHeads = block.kind === "attention" ? block.nKvHeads : 1;
    if (!latent) total.kvHeads = kvHeads;
    const { indexer: _, ...plain } = { indexer: undefined, ...block };
    const pair = (how: "absorbed" | "expanded") =>
      mixingFlops(plain as Block, { newTokens: 1, cached: 0, causal: true, latent: how });
    const one = {
      block,
      latent,
      kvHeads,
      cachedValues: cachedValues(block),
      topTokens: indexer?.topTokens ?? Infinity,
      indexerValues: indexer?.headSize ?? 0,
      indexerPairFlops: indexer ? 2 * indexer.nHeads * indexer.headSize : 0,
      decodePairFlops: pair("absorbed"),
      promptPairFlops: pair("expanded"),
    };
    const key = JSON.stringify([block.span, one.cachedValues, kvHeads, one.topTokens, one.decodePairFlops]);
    attending.set(key, { ...one, layers: (attending.get(key)?.layers ?? 0) + 1 });
  }
}
