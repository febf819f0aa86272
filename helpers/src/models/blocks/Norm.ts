import { type Tensor, vector } from "./Tensor.ts";

/** A normalisation: RMSNorm has a weight, LayerNorm a weight and a bias, that of OLMo 1 neither. */
export interface NormBlock {
  readonly kind: "norm";
  /** Values that are normalised together and scaled. */
  readonly size: number;
  /** Default true. */
  readonly weight?: boolean;
  /** Default false. */
  readonly bias?: boolean;
}

/** Tensors of a normalisation. */
export function normTensors({ size, weight = true, bias = false }: NormBlock, name = "norm"): Tensor[] {
  return [
    ...(weight ? [vector(`${name}.weight`, size)] : []),
    ...(bias ? [vector(`${name}.bias`, size)] : []),
  ];
}
