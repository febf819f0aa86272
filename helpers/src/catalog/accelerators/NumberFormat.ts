/** Number formats of matrix products, the widest first. */
export const numberFormats = [
  "fp32",
  "tf32",
  "bf16",
  "fp16",
  "fp8",
  "int8",
  "fp6",
  "mxfp4",
  "nvfp4",
  "int4",
] as const;

/**
 * Number format of the operands of a matrix product. `fp8` is any 8-bit floating format, with a scale a tensor or, as
 * `mxfp8`, a block: their peaks are the same.
 */
export type NumberFormat = (typeof numberFormats)[number];
