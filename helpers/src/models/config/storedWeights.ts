import type { StoredWeights } from "../Model.ts";
import type { ConfigKeys } from "./ConfigKeys.ts";

/** What `quantization_config` says of the stored weights; it changes no count. */
export function storedWeights(keys: ConfigKeys): StoredWeights | undefined {
  const part = keys.part("quantization_config");
  if (!part) return undefined;
  const format = part.text("quant_method", "unknown").toLowerCase();
  const bits = part.raw("bits");
  const known: Record<string, number> = { fp8: 8, mxfp4: 4, nvfp4: 4, awq: 4, gptq: 4 };
  return { format, bits: typeof bits === "number" ? bits : (known[format] ?? 16) };
}
