/**
 * How tensor parallelism divides a tensor: along its outputs (`columns`), its inputs (`rows`), the key-value heads
 * (`kvHeads`, copied where there are more devices than heads), the vocabulary (`vocab`); or every device holds all of it
 * (`none`).
 */
export type TensorSplit = "columns" | "rows" | "kvHeads" | "vocab" | "none";

/** One trained tensor of a block. */
export interface Tensor {
  /** Name within its block, such as "query.weight". */
  readonly name: string;
  /** Lengths of its axes; of a matrix outputs, then inputs. */
  readonly shape: readonly number[];
  /** How many such tensors there are, an expert each for instance. Default 1. */
  readonly copies?: number;
  /**
   * What it does: a `matrix` multiplies every token's values, a `table` is looked up, a `vector` is added or scales, a
   * `kernel` is a short convolution.
   */
  readonly role: "matrix" | "table" | "vector" | "kernel";
  readonly split: TensorSplit;
  /** Of experts: each token passes some of the copies only, and expert parallelism divides the copies. */
  readonly routed?: boolean;
}

/**
 * Trained values in a tensor, all copies together.
 *
 * @example
 * import { tensorSize } from "isoflop";
 * tensorSize({ name: "expert-up.weight", shape: [32, 8], copies: 4, role: "matrix", split: "columns" }); // => 1024
 */
export function tensorSize({ shape, copies = 1 }: Tensor): number {
  let size = copies;
  for (const length of shape) size *= length;
  return size;
}

/** A matrix of `outputs` by `inputs`, and its bias if it has one; no tensor where a side is 0. */
export function linear(
  name: string,
  outputs: number,
  inputs: number,
  split: TensorSplit,
  options: { readonly bias?: boolean | undefined; readonly copies?: number; readonly routed?: boolean } = {},
): Tensor[] {
  const { bias = false, copies = 1, routed = false } = options;
  if (outputs === 0 || inputs === 0 || copies === 0) return [];
  const shared = { ...(copies !== 1 && { copies }), ...(routed && { routed }) };
  // The bias of a matrix that is divided along its inputs is added once, after the sum over devices.
  const biasSplit = split === "rows" ? "none" : split;
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], role: "matrix", split, ...shared },
    ...(bias
      ? [{ name: `${name}.bias`, shape: [outputs], role: "vector" as const, split: biasSplit, ...shared }]
      : []),
  ];
}

/** A vector of `size` values. */
export function vector(name: string, size: number, split: TensorSplit = "none"): Tensor {
  return { name, shape: [size], role: "vector", split };
}
