import type { TransformerShape } from "../../models/TransformerShape.ts";
import { findRoot } from "../../numerics/findRoot.ts";

/**
 * A dense decoder of about `params` parameters, as Llama 3 is built: heads of 128 values, eight key-value heads, a
 * feed-forward of 3.5 widths, 128 widths a layer, and layers that pipelines divide. It stands in where only a size is
 * planned; what counts depends on it little.
 */
export function shapeOfSize(params: number): TransformerShape {
  const isSmall = params < 2e9;
  const vocabSize = isSmall ? 32_000 : 128_256;
  const tables = (width: number) => (isSmall ? 1 : 2) * vocabSize * width;
  // A layer of width d has about 12.75 d² weights; of d/128 layers, d³/10.
  const size = Math.max(params, 1e6);
  const wanted = findRoot((width) => tables(width) + width ** 3 / 10 - size, 0, Math.cbrt(10 * size));
  const step = wanted >= 4096 ? 1024 : wanted >= 1024 ? 512 : 128;
  const hiddenSize = Math.max(128, Math.round(wanted / step) * step);
  const nHeads = hiddenSize / 128;
  const nKvHeads = nHeads % 8 === 0 ? 8 : nHeads;
  const ffnSize = 3.5 * hiddenSize;
  const perLayer = hiddenSize ** 2 * (2 + (2 * nKvHeads) / nHeads + 3 * 3.5);
  const exact = Math.max(1, (params - tables(hiddenSize)) / perLayer);
  const unit = exact >= 16 ? 8 : exact >= 4 ? 2 : 1;
  const nLayers = Math.max(1, Math.round(exact / unit) * unit);
  const attention = { kind: "grouped", nHeads, nKvHeads, headSize: 128 } as const;
  return { nLayers, hiddenSize, vocabSize, tiedEmbeddings: isSmall, attention, ffnSize, gated: true };
}
