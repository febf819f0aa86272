import type { Tensor } from "./Tensor.ts";

/** Table of one row a token of the vocabulary (padded rows too). */
export interface TokenTableBlock {
  readonly kind: "token-table";
  readonly rows: number;
  readonly width: number;
}

/** Table of learned positions; rotary positions and ALiBi have none. */
export interface PositionTableBlock {
  readonly kind: "position-table";
  /** Rows as stored: OPT stores two more than it has positions. */
  readonly rows: number;
  readonly width: number;
}

/** The matrix from hidden values to logits. */
export interface HeadBlock {
  readonly kind: "head";
  readonly rows: number;
  readonly width: number;
  /** Whether it is the token table; it then adds no values, but its FLOPs stay. */
  readonly tied: boolean;
  /** Default false. */
  readonly bias?: boolean;
}

/** Tensors of a table or of the head. */
export function embeddingTensors(block: TokenTableBlock | PositionTableBlock | HeadBlock): Tensor[] {
  const { rows, width } = block;
  const split = block.kind === "position-table" ? "none" : "vocab";
  const weight: Tensor = {
    name: "weight",
    shape: [rows, width],
    role: block.kind === "head" ? "matrix" : "table",
    split,
  };
  if (block.kind !== "head") return [weight];
  const bias: Tensor = { name: "bias", shape: [rows], role: "vector", split };
  return [...(block.tied ? [] : [weight]), ...(block.bias ? [bias] : [])];
}
