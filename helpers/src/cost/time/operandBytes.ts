import type { ProductFormat } from "./machineRates.ts";

/** Bytes of an operand of products in a format. */
export function operandBytes(format: ProductFormat): number {
  if (format === "bf16" || format === "fp16") return 2;
  return format === "nvfp4" ? 0.5 : 1;
}
