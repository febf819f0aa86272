import type { NumberFormat } from "./NumberFormat.ts";

/** What so many bits mean: of these formats the first that an accelerator has. */
export const bitFormats = {
  16: ["bf16", "fp16"],
  8: ["fp8", "int8"],
  4: ["nvfp4", "mxfp4", "int4"],
} as const satisfies Record<number, readonly NumberFormat[]>;
