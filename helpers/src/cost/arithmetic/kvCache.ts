import type { AttentionSpan } from "../../models/blocks/Attention.ts";
import type { Block } from "../../models/blocks/Block.ts";
import { recurrentState } from "../../models/blocks/recurrentState.ts";
import type { Layer, Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireAbove, requireAtLeast, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { cacheShare } from "./deviceShare.ts";

/** One sequence and how an engine keeps it. */
export interface CachedSequence {
  /** Tokens in the sequence, prompt and output together. */
  readonly tokens: number;
  /** Bits of a cached value; default 16. */
  readonly bits?: number;
  /** Values that share a scale, and its bits, where the cache is quantised so; default none. */
  readonly scale?: { readonly groupSize: number; readonly bits: number };
  /** Bits of a value of a recurrent state, default 16; the past of a convolution has 16. */
  readonly stateBits?: number;
  /** Tokens of a block of the cache, to which each layer rounds up; default 1. */
  readonly blockTokens?: number;
  /** Tokens that one pass may add, which a window holds on top of what it looks back at; default 1, a decode step. */
  readonly chunkTokens?: number;
  /** Latent attention caches its compressed vector (default), or every head's key and value. */
  readonly latent?: "compressed" | "expanded";
  /** Devices over which each layer is split; heads that are fewer are copied. Default 1. */
  readonly tensorParallel?: number;
}

/** What one layer keeps of one sequence. */
export interface CachedLayer {
  /** Its number, from 0. */
  readonly layer: number;
  readonly kind: "full" | "window" | "chunk" | "latent" | "recurrent" | "none";
  /** Bytes of a token's keys and values. */
  readonly kvBytesPerToken: number;
  readonly tokensHeld: number;
  readonly kvBytes: number;
  /** Keys of the indexer that picks tokens (DeepSeek-V3.2, GLM-5), in the same bits; a cache of its own. */
  readonly indexerBytes: number;
  readonly stateBytes: number;
  /** Of all three, what each device holds. */
  readonly bytesPerDevice: number;
}

/** What a model keeps of one sequence. */
export interface KvCache {
  /** Of all layers, window or not: what one token adds while every layer still sees it. */
  readonly kvBytesPerToken: number;
  readonly kvBytes: number;
  /** Keys of indexers, which `kvBytes` leaves out. */
  readonly indexerBytes: number;
  /** Recurrent states and the past of convolutions, whatever the length. */
  readonly stateBytes: number;
  readonly bytes: number;
  readonly bytesPerDevice: number;
  /** Most tokens that a layer holds. */
  readonly tokensHeld: number;
  readonly layers: readonly CachedLayer[];
}

/**
 * What the cache of one sequence holds, layer by layer.
 *
 * Grouped attention caches n_kv·(d_key + d_value) values a token and layer, latent attention rank + d_rope, or, expanded,
 * n_heads·(d_nope + d_rope + d_value). A window of w tokens holds min(tokens, w − 1 + chunkTokens), rounded up to
 * blocks and one more, since it may begin within one. Recurrent layers keep a state of fixed size. Of T devices each
 * holds a share of max(1/T, 1/n_kv) of grouped heads and all of a latent vector.
 *
 * Source: vLLM's specifications of full and window layers. For chunks it reserves chunk + chunkTokens, one token more
 * than can be held at once, which is what is given here.
 *
 * @throws RangeError on counts outside their domain, or devices that do not divide the heads
 * @example
 * import { kvCache, modelShape } from "isoflop";
 * kvCache(modelShape("Mistral-7B-v0.1"), { tokens: 16384, blockTokens: 16, chunkTokens: 8192 }).tokensHeld; // => 12304
 */
export function kvCache(shape: TransformerShape | Model, sequence: CachedSequence): KvCache {
  requireOptions("kvCache", sequence, [
    "tokens",
    "bits",
    "scale",
    "stateBits",
    "blockTokens",
    "chunkTokens",
    "latent",
    "tensorParallel",
  ]);
  const { tokens, bits = 16, stateBits = 16, blockTokens = 1, chunkTokens = 1, scale } = sequence;
  const { latent = "compressed", tensorParallel = 1 } = sequence;
  requireAtLeast("tokens", tokens, 0, "give the tokens of the sequence, such as 4096");
  requireAbove("bits", bits, 0, "16 is usual");
  requireAbove("stateBits", stateBits, 0, "16 or 32 are usual");
  requireWhole("blockTokens", blockTokens, 1, "16 is usual");
  requireWhole("chunkTokens", chunkTokens, 1, "give the most tokens a pass may add");
  requireWhole("tensorParallel", tensorParallel, 1, "give the devices a layer is split over");
  if (latent !== "compressed" && latent !== "expanded") {
    throw new RangeError(`latent must be "compressed" or "expanded", got ${JSON.stringify(latent)}`);
  }
  if (scale) {
    requireWhole("scale.groupSize", scale.groupSize, 1, "give the values that share a scale, such as 128");
    requireAbove("scale.bits", scale.bits, 0, "16 is usual");
  }
  const bytesPerValue = (bits + (scale ? scale.bits / scale.groupSize : 0)) / 8;
  const model = modelFromShape(shape);
  const known = new Map<Layer, Omit<CachedLayer, "layer">>();
  const cache = {
    kvBytesPerToken: 0,
    kvBytes: 0,
    indexerBytes: 0,
    stateBytes: 0,
    bytesPerDevice: 0,
    tokensHeld: 0,
  };
  const layers = model.layers.map((layer, i): CachedLayer => {
    let kept = known.get(layer);
    if (!kept) {
      kept = keep(layer);
      known.set(layer, kept);
    }
    cache.kvBytesPerToken += kept.kvBytesPerToken;
    cache.kvBytes += kept.kvBytes;
    cache.indexerBytes += kept.indexerBytes;
    cache.stateBytes += kept.stateBytes;
    cache.bytesPerDevice += kept.bytesPerDevice;
    cache.tokensHeld = Math.max(cache.tokensHeld, kept.tokensHeld);
    return { layer: i, ...kept };
  });
  return { ...cache, bytes: cache.kvBytes + cache.indexerBytes + cache.stateBytes, layers };

  function keep({ blocks }: Layer): Omit<CachedLayer, "layer"> {
    const kept = { kind: "none" as CachedLayer["kind"], kvBytesPerToken: 0, tokensHeld: 0 };
    let kvBytes = 0;
    let indexerBytes = 0;
    let stateBytes = 0;
    let bytesPerDevice = 0;
    for (const block of blocks) {
      const values = cachedValues(block, latent);
      const state = recurrentState(block);
      if (values > 0 && "span" in block) {
        const held = heldTokens(block.span, { tokens, blockTokens, chunkTokens });
        kept.kind = block.kind === "latent-attention" ? "latent" : block.span.kind;
        kept.kvBytesPerToken += values * bytesPerValue;
        kept.tokensHeld = Math.max(kept.tokensHeld, held);
        kvBytes += values * held * bytesPerValue;
        bytesPerDevice += values * held * bytesPerValue * cacheShare(block, tensorParallel, latent);
        if (block.kind === "latent-attention" && block.indexer) {
          // One key for all heads of the indexer, so that every device holds all of them.
          const keys = block.indexer.headSize * held * bytesPerValue;
          indexerBytes += keys;
          bytesPerDevice += keys;
        }
      }
      if (state) {
        if (kept.kind === "none") kept.kind = "recurrent";
        const share = cacheShare(block, tensorParallel, latent);
        const past = convolutionOnDevice(block, state.convolution, tensorParallel);
        stateBytes += (state.recurrent * stateBits) / 8 + 2 * state.convolution;
        bytesPerDevice += ((state.recurrent * stateBits) / 8) * share + 2 * past;
      }
    }
    return { ...kept, kvBytes, indexerBytes, stateBytes, bytesPerDevice };
  }
}

/**
 * Bytes of the KV cache of one sequence, all layers: {@link kvCache} without rounding, devices and recurrent states.
 *
 * @param sequence tokens in the sequence, prompt and output together; bits of one cached value, 16 by default
 * @throws RangeError on a negative number of tokens or bits that are not positive
 * @example
 * import { kvCacheBytes, modelShape } from "isoflop";
 * kvCacheBytes(modelShape("Llama-3-8B"), { tokens: 1 }); // => 131072
 * kvCacheBytes(modelShape("DeepSeek-V3"), { tokens: 1 }); // => 70272
 */
export function kvCacheBytes(
  shape: TransformerShape | Model,
  sequence: { readonly tokens: number; readonly bits?: number },
): number {
  requireOptions("kvCacheBytes", sequence, ["tokens", "bits"]);
  return kvCache(shape, sequence).kvBytes;
}

/** Values that a block caches for one token. */
export function cachedValues(block: Block, latent: "compressed" | "expanded" = "compressed"): number {
  if (block.kind === "attention") {
    if (block.cross || block.sharesKv) return 0;
    return block.nKvHeads * (block.keySize + (block.valueSize ?? block.keySize));
  }
  if (block.kind !== "latent-attention") return 0;
  const { nHeads, kvRank, ropeSize, nopeSize, valueSize } = block;
  return latent === "expanded" ? nHeads * (nopeSize + ropeSize + valueSize) : kvRank + ropeSize;
}

/** Values of a convolution's past on one device; what groups share is copied where groups do not divide. */
function convolutionOnDevice(block: Block, values: number, devices: number): number {
  if (block.kind !== "state-space" || block.variant === "mamba1") return values / devices;
  const { innerSize, stateSize, convTokens, nGroups = 1 } = block;
  const groups = nGroups % devices === 0 ? nGroups / devices : 1;
  return (convTokens - 1) * (innerSize / devices + 2 * groups * stateSize);
}

function heldTokens(
  span: AttentionSpan,
  sequence: { tokens: number; blockTokens: number; chunkTokens: number },
): number {
  const { tokens, blockTokens, chunkTokens } = sequence;
  const blocks = (count: number) => Math.ceil(count / blockTokens);
  if (blockTokens === 1) {
    return span.kind === "full" ? tokens : Math.min(tokens, span.tokens - 1 + chunkTokens);
  }
  if (span.kind === "full") return blocks(tokens) * blockTokens;
  // A window may begin within a block, a chunk begins where one does.
  const begun = span.kind === "window" ? 1 : 0;
  return Math.min(blocks(tokens), blocks(span.tokens - 1 + chunkTokens) + begun) * blockTokens;
}
