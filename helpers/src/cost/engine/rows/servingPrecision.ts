import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import { quoted } from "../../rows/rowCells.ts";
import type { ServingBits } from "../ServingScenario.ts";

/** Words of tables for a format, in letters and digits only, and what is stored and computed in it. */
const formats: readonly (readonly [RegExp, string, number, number])[] = [
  [/^(?:nv|mx)?fp4|^e2m1|^w4a(?:4|8)/, "fp4", 4, 4],
  [/^(?:mx)?fp8|^float8|^e4m3|^e5m2|^fbgemmfp8|^w8a8fp8/, "fp8", 8, 8],
  [/^w8a16|^gptqint8|^8bit|^i?q[678]/, "int8 weights", 8, 16],
  [/^w4a16|^u?int4|^awq|^gptq|^4bit|^i?q[2345]/, "int4", 4, 16],
  [/^w8a8|^u?int8|^smoothquant/, "int8", 8, 8],
  [/^bf16|^bfloat16|^16bit/, "bf16", 16, 16],
  [/^fp16|^float16|^half/, "fp16", 16, 16],
  [/^fp32|^float32|^tf32/, "fp32", 32, 32],
];

/** What a spelling of the model says of its precision: "nvidia/DeepSeek-R1-NVFP4", "…-quantized.w8a8". */
const inName =
  /(?:^|[-_.])((?:nv|mx)?fp[48]|awq|gptq(?:[-_]?int[48])?|w\d+a\d+|u?int[48]|bf16|[48]bit|i?q[2-8])(?=$|[-_.])/i;

export interface ServingPrecision {
  readonly format: string;
  readonly bits: ServingBits;
}

/**
 * Bits of weights, activations and cached keys and values of a row, by the word of its column `precision`, else by the
 * model's name, else 16.
 *
 * @throws RangeError on a word that is no format
 */
export function servingPrecision(
  cell: string,
  { spelling, modelKey, engine, accelerator }: PrecisionOf,
  assumptions: string[],
): ServingPrecision {
  const word = /^(?:unstated|default|auto)$/i.test(cell) ? "" : cell;
  const named = word === "" ? (inName.exec(spelling)?.[1] ?? "") : word;
  const own = nativeFormat(spelling, modelKey);
  if (named === "") assumptions.push(`precision ${own}`);
  const plain = (named || own).toLowerCase().replace(/[^a-z0-9]/g, "");
  const found = formats.find(([pattern]) => pattern.test(plain));
  if (!found) {
    throw new RangeError(
      `precision must be one of fp4, fp8, int4, int8, bf16, fp16, fp32, w4a16, w8a8, got ${quoted(cell)}; leave the cell empty where it is not known`,
    );
  }
  const [, format, stored, computed] = found;
  const isMxfp4 = /gpt-?oss/i.test(modelKey);
  // gpt-oss is published in MXFP4 alone; Blackwell multiplies it with activations of 8 bits, others in 16.
  const weights = isMxfp4 && stored === 8 ? 4 : stored;
  const wanted = isMxfp4 && computed === 4 ? 8 : computed;
  const activations = computedBits(wanted, format, accelerator);
  const kv = cacheBits(format, engine, isMxfp4, accelerator);
  if (activations > computed) assumptions.push(`activations in ${activations} bits`);
  if (kv !== 16 && cell !== "") assumptions.push(`keys and values in ${kv} bits`);
  return { format, bits: { weights, activations, kv } };
}

interface PrecisionOf {
  readonly spelling: string;
  readonly modelKey: string;
  readonly engine: string;
  readonly accelerator: CatalogAccelerator;
}

/** What a model is published in where a row does not say; a release trained on from another goes by that one's key. */
function nativeFormat(spelling: string, modelKey: string): string {
  if (/gpt-?oss/i.test(modelKey)) return "fp4";
  if (/kimi-?k2\.5/i.test(modelKey) || /kimi[-_ ]?k2[-_ ]?thinking/i.test(spelling)) return "int4";
  return /deepseek-?v3|deepseek-?r1|kimi-?k2|minimax-?m2/i.test(modelKey) ? "fp8" : "bf16";
}

/**
 * Bits of the cache, as the public benchmark scripts of InferenceX set them: 8 with weights of 8 or 4 bits on Blackwell, and in
 * TensorRT-LLM, but for gpt-oss on Hopper; else 16.
 */
function cacheBits(format: string, engine: string, isMxfp4: boolean, { peaks }: CatalogAccelerator): number {
  if (format !== "fp8" && format !== "fp4") return 16;
  if (peaks.nvfp4 !== undefined) return 8;
  return engine === "trtllm" && !isMxfp4 ? 8 : 16;
}

/** Operands are no narrower than the chip can multiply: weights of 4 bits go to 16 where there is no such product. */
function computedBits(wanted: number, format: string, { peaks }: CatalogAccelerator): number {
  if (wanted >= 16) return 16;
  if (format === "int8") return peaks.int8 === undefined ? 16 : 8;
  // Four-bit weights on a chip that has no such product are widened to 16, as kernels for weights alone do.
  if (format === "fp4") return peaks.nvfp4 !== undefined || peaks.mxfp4 !== undefined ? wanted : 16;
  return peaks.fp8 === undefined ? 16 : 8;
}
