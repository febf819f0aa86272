import type { Block } from "./Block.ts";
import { linearAttentionState } from "./LinearAttention.ts";
import { stateSpaceState } from "./StateSpace.ts";

/** What a block keeps of one sequence, whatever its length. */
export interface RecurrentState {
  /** Values of the recurrence. */
  readonly recurrent: number;
  /** Values that the convolution looks back at. */
  readonly convolution: number;
}

/**
 * Values of state of a block; undefined of one that keeps none.
 *
 * @example
 * import { recurrentState } from "isoflop";
 * recurrentState({
 *   kind: "state-space", variant: "mamba1", inputSize: 4, innerSize: 8, stateSize: 16, convTokens: 4, stepRank: 1,
 * })?.recurrent; // => 128
 */
export function recurrentState(block: Block): RecurrentState | undefined {
  switch (block.kind) {
    case "linear-attention":
      return linearAttentionState(block);
    case "state-space":
      return stateSpaceState(block);
    case "short-convolution":
      return { recurrent: 0, convolution: (block.convTokens - 1) * block.inputSize };
    case "gated-recurrence":
      return { recurrent: block.innerSize, convolution: (block.convTokens - 1) * block.innerSize };
    default:
      return undefined;
  }
}
