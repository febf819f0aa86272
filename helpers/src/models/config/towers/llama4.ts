import type { Block } from "../../blocks/Block.ts";
import { linear, vector } from "../../blocks/Tensor.ts";
import type { Tower } from "../../Model.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReaderContext, ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { encoderLayers } from "../pieces/encoderLayers.ts";
import { imageGrid, patches } from "../pieces/patches.ts";
import { projector } from "../pieces/projector.ts";

/** Llama 4: the text model alone where no `vision_config` is given, or else with its vision tower. */
export function llama4(keys: ConfigKeys, context: ReaderContext): ReadModel {
  const part = keys.part("text_config") ?? new ConfigKeys({}, "text_config");
  const text = context.read(part, "llama4_text");
  // The head is that of the text model, whatever is said beside it.
  keys.ignore("tie_word_embeddings");
  const vision = keys.part("vision_config");
  if (!vision) return text;
  const towers = llama4Vision(vision, text.hiddenSize);
  vision.refuseUnread("llama4");
  return { ...text, towers };
}

/** The tower sees a class token and positions, and shuffles pixels into an adapter of two matrices. */
function llama4Vision(keys: ConfigKeys, textSize: number): Tower[] {
  const width = keys.whole("hidden_size", 768);
  const grid = imageGrid(keys, { image: 448, patch: 14 });
  const norm = { kind: "norm", size: width, bias: true } as const;
  const size = keys.whole("intermediate_size", 5632);
  const inner = keys.whole("projector_input_dim", 4096);
  const out = keys.whole("projector_output_dim", 4096);
  const adapter: Block = {
    kind: "other",
    name: "adapter",
    tensors: [...linear("first", inner, size, "none"), ...linear("second", out, out, "none")],
  };
  const positions: Block = {
    kind: "other",
    name: "class-token",
    tensors: [vector("class-token", width)],
  };
  const tower: Tower = {
    role: "vision",
    input: [
      patches(width, grid.inputs),
      positions,
      { kind: "position-table", rows: grid.count + 1, width },
      norm,
    ],
    layers: encoderLayers({
      width,
      nHeads: keys.whole("num_attention_heads", 16),
      size,
      layers: keys.whole("num_hidden_layers", 34),
      biases: biased(true),
      mlpBias: true,
    }),
    output: [norm, adapter],
  };
  keys.ignore("pixel_shuffle_ratio", "multi_modal_projector_bias", "norm_eps");
  return [tower, projector(linear("projection", textSize, keys.whole("vision_output_dim", 7680), "none"))];
}
