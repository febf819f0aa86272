import type { Block } from "../../blocks/Block.ts";
import type { Layer } from "../../Model.ts";
import { alike } from "../alike.ts";

/** A block in every layer, or which one a layer has. */
export type EachLayer = Block | ((index: number) => Block);

/** Layers of the usual kind: norm, mixing of tokens, norm, feed-forward. */
export function stack(count: number, norm: Block, mixer: EachLayer, inner: EachLayer): Layer[] {
  return alike(count, (i) => [norm, blockOf(mixer, i), norm, blockOf(inner, i)]);
}

function blockOf(each: EachLayer, index: number): Block {
  return typeof each === "function" ? each(index) : each;
}
