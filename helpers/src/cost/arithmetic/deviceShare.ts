import type { Block } from "../../models/blocks/Block.ts";
import type { Tensor } from "../../models/blocks/Tensor.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";

/**
 * Throws where heads or widths of a block cannot be divided over so many devices: query heads must divide, and key-value
 * heads divide or be divided.
 */
export function requireDivisible(block: Block, devices: number): void {
  if (devices === 1) return;
  const check = (what: string, count: number) => {
    if (count % devices !== 0) throw indivisible(`must divide the ${count} ${what}`, devices);
  };
  switch (block.kind) {
    case "attention":
      check("attention heads", block.nHeads);
      if (block.nKvHeads % devices !== 0 && devices % block.nKvHeads !== 0) {
        throw indivisible(
          `must divide the ${block.nKvHeads} key-value heads or be a multiple of them`,
          devices,
        );
      }
      break;
    case "latent-attention":
      check("latent attention heads", block.nHeads);
      break;
    case "linear-attention":
      check("value heads of linear attention", block.nValueHeads);
      break;
    case "state-space":
      check(block.nHeads ? "state space heads" : "state space channels", block.nHeads ?? block.innerSize);
      break;
    case "short-convolution":
      check("channels of the convolution", block.inputSize);
      break;
    case "gated-recurrence":
      check("heads of the recurrence", block.nHeads);
      break;
    case "feed-forward":
    case "experts":
      check("inner values of the feed-forward", block.size);
      break;
  }
}

/** Share of a tensor that each of so many tensor-parallel devices holds. */
export function tensorShare(block: Block, { split }: Tensor, devices: number): number {
  if (split === "none") return 1;
  if (split === "kvHeads" && block.kind === "attention") return Math.max(1 / devices, 1 / block.nKvHeads);
  return 1 / devices;
}

/** Share of a block's cache or state that each device holds. */
export function cacheShare(block: Block, devices: number, latent: "compressed" | "expanded"): number {
  requireDivisible(block, devices);
  if (block.kind === "attention") return Math.max(1 / devices, 1 / block.nKvHeads);
  return block.kind === "latent-attention" && latent === "compressed" ? 1 : 1 / devices;
}

function indivisible(wanted: string, devices: number): RangeError {
  return refusal("tensorParallel", wanted, devices, "take a number that divides");
}
