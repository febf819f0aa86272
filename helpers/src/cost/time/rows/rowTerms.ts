import type { MfuConvention } from "../conventions.ts";
import type { ProductFormat } from "../machineRates.ts";

const acceleratorKeys: readonly (readonly [RegExp, string])[] = [
  [/gb300/, "gb300-288gb"],
  [/gb200/, "gb200-186gb"],
  [/b300/, "b300-sxm-288gb"],
  [/b200/, "b200-sxm-180gb"],
  [/h200.*nvl/, "h200-nvl-141gb"],
  [/h200/, "h200-sxm-141gb"],
  [/h100.*pcie/, "h100-pcie-80gb"],
  [/h100.*nvl/, "h100-nvl-94gb"],
  [/h100/, "h100-sxm-80gb"],
  [/h800/, "h800-sxm-80gb"],
  [/a100.*40/, "a100-sxm-40gb"],
  [/a100/, "a100-sxm-80gb"],
  [/v6e|trillium/, "tpu-v6e"],
  [/v5p/, "tpu-v5p"],
  [/v5e|v5lite/, "tpu-v5e"],
  [/tpu.?v4/, "tpu-v4"],
  [/mi355x/, "mi355x-288gb"],
  [/mi325x/, "mi325x-256gb"],
  [/mi300x/, "mi300x-192gb"],
  [/gaudi.?3/, "gaudi-3"],
  [/v100/, "v100-sxm-32gb"],
];

/** Key of the catalogue for an accelerator as tables of measurements write it, such as "DGX-GB200" or "h100_80gb". */
export function acceleratorKeyOf(spelling: string): string | undefined {
  const plain = spelling.toLowerCase().replace(/[_ ]/g, "-");
  return acceleratorKeys.find(([pattern]) => pattern.test(plain))?.[1];
}

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
export function degreesOf(cell: string): Partial<Record<"tp" | "pp" | "vp" | "cp" | "ep" | "etp" | "fsdp" | "dp", number>> {
  const degrees: Record<string, number> = {};
  for (const [, name, digits] of cell.matchAll(/\b(TP|PP|VP|CP|EP|ETP|FSDP|DP)\s*=?\s*(\d+)\b/gi)) {
    degrees[name!.toLowerCase()] ??= Number(digits);
  }
  return degrees;
}
