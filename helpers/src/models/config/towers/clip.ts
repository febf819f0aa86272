import type { Block } from "../../blocks/Block.ts";
import { linear, vector } from "../../blocks/Tensor.ts";
import type { Tower } from "../../Model.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { projector } from "../pieces/projector.ts";
import { towersOnly } from "../pieces/towersOnly.ts";
import { clipLayers, clipVisionTower, projected } from "./clipVision.ts";
import { siglipVisionTower } from "./siglipVision.ts";

interface TextTower {
  readonly tower: Tower;
  readonly width: number;
  readonly rows: number;
}

/** The text half of CLIP or SigLIP: it writes no text, so that it stands beside as an encoder. */
function textTower(
  keys: ConfigKeys,
  standard: {
    readonly width: number;
    readonly heads: number;
    readonly size: number;
    readonly vocab: number;
    readonly positions: number;
  },
  behind: (width: number) => Block[] = () => [],
): TextTower {
  const width = keys.whole("hidden_size", standard.width);
  const rows = keys.whole("vocab_size", standard.vocab);
  const positions = keys.whole("max_position_embeddings", standard.positions);
  const norm = { kind: "norm", size: width, bias: true } as const;
  const tower: Tower = {
    role: "encoder",
    input: [
      { kind: "token-table", rows, width },
      { kind: "position-table", rows: positions, width },
    ],
    layers: clipLayers(keys, { width, heads: standard.heads, size: standard.size, layers: 12 }),
    output: [norm, ...behind(width)],
  };
  keys.ignore("projection_dim", "projection_size");
  return { tower, width, rows };
}

const clipTextStandard = { width: 512, heads: 8, size: 2048, vocab: 49408, positions: 77 };
const siglipTextStandard = { width: 768, heads: 12, size: 3072, vocab: 32000, positions: 64 };

/** CLIP's text model on its own. */
export function clipText(keys: ConfigKeys): ReadModel {
  const { tower, width, rows } = textTower(keys, clipTextStandard);
  return towersOnly(width, [tower, ...projected(keys, "CLIPTextModelWithProjection", width)], rows);
}

/** CLIP: both towers, the matrices into the common space, and the temperature. */
export function clip(keys: ConfigKeys): ReadModel {
  const { text, vision } = halves(keys, "clip", (part) => textTower(part, clipTextStandard), clipVisionTower);
  const size = keys.whole("projection_dim", 512);
  const common = projector([
    ...linear("visual-projection", size, vision.width, "none"),
    ...linear("text-projection", size, text.width, "none"),
    vector("logit-scale", 1),
  ]);
  return towersOnly(text.width, [text.tower, vision.tower, common], text.rows);
}

/** SigLIP: both towers with a head each, scale and bias of the logits. */
export function siglip(keys: ConfigKeys): ReadModel {
  const head =
    (part: ConfigKeys) =>
    (width: number): Block[] => [
      {
        kind: "other",
        name: "text-head",
        tensors: linear("head", part.whole("projection_size", width), width, "none", { bias: true }),
      },
    ];
  const read = (part: ConfigKeys) => textTower(part, siglipTextStandard, head(part));
  const { text, vision } = halves(keys, "siglip", read, siglipVisionTower);
  const common = projector([vector("logit-scale", 1), vector("logit-bias", 1)]);
  return towersOnly(text.width, [text.tower, vision.tower, common], text.rows);
}

function object(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

function halves<Text, Vision>(
  keys: ConfigKeys,
  family: string,
  readText: (part: ConfigKeys) => Text,
  readVision: (part: ConfigKeys) => Vision,
): { readonly text: Text; readonly vision: Vision } {
  // An older file holds what differs from the standard once more; where both are given, that copy is taken.
  const part = (key: string) => {
    const given = { ...object(keys.raw(key)), ...object(keys.raw(`${key}_dict`)) };
    return new ConfigKeys(given, key);
  };
  const [textKeys, visionKeys] = [part("text_config"), part("vision_config")];
  const both = { text: readText(textKeys), vision: readVision(visionKeys) };
  textKeys.refuseUnread(family);
  visionKeys.refuseUnread(family);
  return both;
}
