import type { MfuConvention } from "../conventions.ts";
import type { ProductFormat } from "../machineRates.ts";

/** Format of a cell such as "amp_bf16", "FP8-CS (FP8-MX)", "MXFP8"; the first that it names. */
export function formatOf(cell: string): ProductFormat | undefined {
  const first = cell.toLowerCase().split(/[(,/]/)[0]!;
  if (/mxfp8|fp8-?mx/.test(first)) return "mxfp8";
  if (/nvfp4|fp4/.test(first)) return "nvfp4";
  if (/fp8/.test(first)) return "fp8";
  if (/bf16|bfloat16/.test(first)) return "bf16";
  if (/fp16|float16|half/.test(first)) return "fp16";
  return undefined;
}

/** Software of a row. */
export function stackOf(source: string, engine: string): string {
  const plain = `${engine} ${source}`.toLowerCase();
  if (/megatron.?bridge|nemo/.test(plain)) return "megatron-bridge";
  if (/composer|foundry/.test(plain)) return "composer";
  if (/maxtext/.test(plain)) return "maxtext";
  if (/megatron/.test(plain)) return "megatron-lm";
  if (/isoflop|pytorch eager|torch/.test(plain)) return "torch";
  return "";
}

/** How the runs of a stack are counted by those who publish them. */
export function conventionOf(stack: string): MfuConvention {
  if (stack === "composer") return "llm-foundry";
  return stack === "maxtext" || stack === "megatron-lm" ? "full" : "causal";
}

/** Degrees of parallelism in a cell such as "TP2 (4) PP1 (8) CP1 VPn/a EP64 FSDP": the first number behind each name. */
export function degreesOf(
  cell: string,
): Partial<Record<"tp" | "pp" | "vp" | "cp" | "ep" | "etp" | "fsdp" | "dp", number>> {
  const degrees: Record<string, number> = {};
  for (const [, name, digits] of cell.matchAll(/\b(TP|PP|VP|CP|EP|ETP|FSDP|DP)\s*=?\s*(\d+)\b/gi)) {
    degrees[name!.toLowerCase()] ??= Number(digits);
  }
  return degrees;
}
