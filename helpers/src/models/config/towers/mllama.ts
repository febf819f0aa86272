import type { AttentionBlock } from "../../blocks/Attention.ts";
import type { Block } from "../../blocks/Block.ts";
import { linear, type Tensor, vector } from "../../blocks/Tensor.ts";
import type { Layer, Tower } from "../../Model.ts";
import { alike } from "../alike.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReaderContext, ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { encoderLayers } from "../pieces/encoderLayers.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { imageGrid, patches } from "../pieces/patches.ts";
import { projector } from "../pieces/projector.ts";
import { full } from "../pieces/spans.ts";

/** Llama 3.2 Vision: some layers of the text model attend to the image in place of the text. */
export function mllama(keys: ConfigKeys, context: ReaderContext): ReadModel {
  const text = context.read(
    keys.part("text_config") ?? new ConfigKeys({}, "text_config"),
    "mllama_text_model",
  );
  const vision = keys.part("vision_config") ?? new ConfigKeys({}, "vision_config");
  const tower = mllamaTower(vision);
  const width = vision.whole("vision_output_dim", 7680);
  vision.refuseUnread("mllama");
  // The head of this family is never the table, which has rows for pictures.
  keys.ignore("tie_word_embeddings");
  const between = projector(linear("projection", text.hiddenSize, width, "none", { bias: true }));
  return { ...text, towers: [tower, between] };
}

/** The text model of Llama 3.2 Vision, with eight rows more in its table than in its head. */
export function mllamaText(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32, kvHeads: 8 });
  const norm = { kind: "norm", size: own.inputSize } as const;
  const headNorm = { kind: "norm", size: own.keySize } as const;
  const attention: AttentionBlock = { kind: "attention", ...own, span: full };
  const cross: Block = { ...attention, cross: true, queryNorm: headNorm, keyNorm: headNorm };
  const gates: Block = {
    kind: "other",
    name: "gates",
    tensors: [vector("attention-gate", 1), vector("feed-forward-gate", 1)],
  };
  const inner = gated(own.inputSize, keys.whole("intermediate_size", 14336));
  const crossing = keys.list("cross_attention_layers", (value) => value) ?? [3, 8, 13, 18, 23, 28, 33, 38];
  const layers = alike(keys.whole("num_hidden_layers", 40), (i) =>
    crossing.includes(i) ? [norm, cross, norm, inner, gates] : [norm, attention, norm, inner],
  );
  return decoder(keys, { norm, layers, neverTied: true, moreRows: 8, vocab: 128256, maxTokens: 131072 });
}

/** Tiles of an image pass local and then gated global layers; positions are learned a tile and an aspect ratio. */
function mllamaTower(keys: ConfigKeys): Tower {
  const width = keys.whole("hidden_size", 1280);
  const grid = imageGrid(keys, { image: 448, patch: 14 });
  const ratios = (keys.list("supported_aspect_ratios", (value) => value)?.length ?? 8) + 1;
  const tiles = keys.whole("max_num_tiles", 4);
  const norm = { kind: "norm", size: width, bias: true } as const;
  const shape = {
    width,
    nHeads: keys.whole(["attention_heads", "num_attention_heads"], 16),
    size: keys.whole("intermediate_size", 5120),
    biases: {},
    mlpBias: true,
  };
  const gates: Block = {
    kind: "other",
    name: "gates",
    tensors: [vector("attention-gate", 1), vector("feed-forward-gate", 1)],
  };
  const table = (name: string, rows: number, columns: number): Tensor[] => [
    { name: `${name}.weight`, shape: [rows, columns], role: "table", split: "none" },
    vector(`${name}.gate`, 1),
  ];
  const rows = grid.count + 1;
  const positions: Block = {
    kind: "other",
    name: "tile-positions",
    tensors: [
      ...table("before", ratios, tiles * width),
      ...table("after", ratios, tiles * width),
      ...table("within", ratios, tiles * rows * width),
    ],
  };
  const local = encoderLayers({ ...shape, layers: keys.whole("num_hidden_layers", 32) });
  const global: Layer[] = encoderLayers({ ...shape, layers: keys.whole("num_global_layers", 8) }).map(
    ({ blocks }) => ({ blocks: [...blocks, gates] }),
  );
  keys.ignore("intermediate_layers_indices");
  return {
    role: "vision",
    input: [
      patches(width, grid.inputs, { classToken: true }),
      { kind: "position-table", rows, width },
      positions,
      norm,
    ],
    layers: [...local, ...global],
    output: [norm],
  };
}
