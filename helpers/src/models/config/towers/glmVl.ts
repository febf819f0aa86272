import type { Block } from "../../blocks/Block.ts";
import { normTensors } from "../../blocks/Norm.ts";
import { linear } from "../../blocks/Tensor.ts";
import type { Tower } from "../../Model.ts";
import { alike } from "../alike.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ConfigReader, ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { encoderLayers } from "../pieces/encoderLayers.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { imageGrid, patches } from "../pieces/patches.ts";
import { full } from "../pieces/spans.ts";
import { withTowers } from "../pieces/withTowers.ts";

/** GLM 4.1V: the dense GLM-4 with a vision tower. */
export const glm4v = joined("glm4v_text");

/** GLM 4.5V and 4.6V: GLM 4.5 with experts and a vision tower. */
export const glm4vMoe = joined("glm4v_moe_text");

function joined(textType: string): ConfigReader {
  return (keys, context) => {
    const text = context.read(keys.part("text_config") ?? new ConfigKeys({}, "text_config"), textType);
    const vision = keys.part("vision_config") ?? new ConfigKeys({}, "vision_config");
    const tower = glmTower(vision);
    vision.refuseUnread("glm4v");
    return withTowers(keys, text, [tower], { tied: false, eitherTies: true });
  };
}

/** The text model of GLM 4.1V: four norms a layer, biases of queries, keys and values. */
export function glm4vText(keys: ConfigKeys): ReadModel {
  const given = heads(keys, { hidden: 4096, heads: 32, kvHeads: 2 });
  // The class divides, whatever head_dim says.
  const own = { ...given, keySize: Math.floor(given.inputSize / given.nHeads) };
  const norm = { kind: "norm", size: own.inputSize } as const;
  const attention: Block = { kind: "attention", ...own, span: full, biases: biased(true, false) };
  const inner = gated(own.inputSize, keys.whole("intermediate_size", 13696));
  keys.ignore("attention_bias");
  const count = keys.whole("num_hidden_layers", 40);
  const layers = alike(count, () => [norm, attention, norm, norm, inner, norm]);
  return decoder(keys, { norm, layers, vocab: 151552, maxTokens: 32768 });
}

/** RMSNorm and three matrices as wide as what comes out; behind them a convolution that merges, and a gated merger. */
function glmTower(keys: ConfigKeys): Tower {
  const width = keys.whole("hidden_size", 1536);
  const grid = imageGrid(keys, { image: 336, patch: 14 }, ["in_channels", "in_chans", "num_channels"]);
  const out = keys.whole("out_hidden_size", 4096);
  const inner = keys.whole("intermediate_size", 13696);
  const merged = keys.whole("spatial_merge_size", 2) ** 2;
  const norm = { kind: "norm", size: width } as const;
  const merger: Block = {
    kind: "other",
    name: "merger",
    tensors: [
      ...linear("downsample", out, width * merged, "none", { bias: true }),
      ...linear("projection", out, out, "none"),
      ...normTensors({ kind: "norm", size: out, bias: true }, "projection-norm"),
      ...linear("gate", inner, out, "none"),
      ...linear("up", inner, out, "none"),
      ...linear("down", out, inner, "none"),
    ],
  };
  return {
    role: "vision",
    input: [
      patches(width, grid.inputs * keys.whole("temporal_patch_size", 2), { bias: true }),
      norm,
      { kind: "position-table", rows: grid.count, width },
    ],
    layers: encoderLayers({
      width,
      nHeads: keys.whole(["num_heads", "num_attention_heads"], 12),
      size: out,
      layers: keys.whole("depth", 24),
      normBias: false,
      biases: biased(keys.flag("attention_bias", false), false),
      matrices: 3,
      mlpBias: false,
    }),
    output: [norm, merger],
  };
}
