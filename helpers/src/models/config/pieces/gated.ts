import type { FeedForwardBlock } from "../../blocks/FeedForward.ts";

/** A dense feed-forward of three matrices. */
export function gated(inputSize: number, size: number, bias = false): FeedForwardBlock {
  return {
    kind: "feed-forward",
    inputSize,
    size,
    matrices: 3,
    ...(bias && { biases: { up: true, down: true } }),
  };
}
