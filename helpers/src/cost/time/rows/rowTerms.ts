import type { MfuConvention } from "../conventions.ts";
import type { ProductFormat } from "../machineRates.ts";

/** Format of a cell such as "amp_bf16", "FP8-CS (FP8-MX)", "MXFP8"; the first that it names. */
export function formatOf(cell: string): ProductFormat | undefined {
  const first = cell.toLowerCase().split(/[(,/]/)[0]!;
  if (/mxfp8|fp8-?mx/.test(first)) return "mxfp8";
  if (/nvfp4|fp4/.test(first)) return "nvfp4";
  if (/fp8|float8|e4m3/.test(first)) return "fp8";
  if (/bf16|bfloat16/.test(first)) return "bf16";
  if (/fp16|float16|half/.test(first)) return "fp16";
  return undefined;
}

/**
 * Format of the peak that notes name as the basis of a utilisation: "MFU relative to the dense bf16 peak", "peak: FP8",
 * "BF16 MFU". Of clauses that speak of a peak, a utilisation or its basis, the first that names a format.
 */
export function peakFormatOf(notes: string): ProductFormat | undefined {
  for (const clause of notes.split(/[;\n]|,\s|\.\s/)) {
    if (!/\bpeak\b(?! power)|\b[mh]fu\b|\bbasis\b|utili[sz]ation/i.test(clause)) continue;
    const named = /(?:mx)?fp8(?:-mx)?|float8|(?:nv)?fp4|b?fp?16|bfloat16|float16/i.exec(clause);
    const format = named && formatOf(named[0]);
    if (format) return format;
  }
  return undefined;
}

/** Sequences of a micro-batch that notes state; 0 where they state none. */
export function microBatchOf(notes: string): number {
  return numberBehind(
    notes,
    "(?:micro[-_ ]?batch(?:es)?(?:[-_ ]size)?|per[-_ ]device[-_ ]batch[-_ ]size|mbs)",
  );
}

/** Micro-batches that gradients are summed over, by the notes; 0 where they state none. */
export function accumulationOf(notes: string): number {
  return numberBehind(notes, "grad(?:ient)?s?[-_ ]?accum(?:ulation)?(?:[-_ ]steps)?");
}

/** Parameters that notes state; 0 where they state none. */
export const paramsOf = (notes: string): number => numberBehind(notes, "params");

function numberBehind(notes: string, name: string): number {
  const value = Number(new RegExp(`\\b${name}\\s*[:=]?\\s*(\\d+)\\b`, "i").exec(notes)?.[1] ?? 0);
  return Number.isSafeInteger(value) ? value : 0;
}

/** What is computed again in the backward pass, by the notes. */
export function recomputeOf(notes: string): "none" | "selective" | "full" {
  const what = "(?:activation |gradient )?(?:checkpointing|recompute|recomputation)";
  if (new RegExp(`selective ${what}|${what}\\s*[:=]?\\s*selective`, "i").test(notes)) return "selective";
  const isFull = new RegExp(`full ${what}|${what}\\s*[:=]?\\s*(?:true|1|yes|on|full)\\b`, "i");
  return isFull.test(notes) ? "full" : "none";
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
  // Behind a degree another may follow at once, or after an x: TP4PP8, TP4xPP8.
  const each = /(?<![A-WYZ])(TP|PP|VP|CP|EP|ETP|FSDP|DP)\s*[=:_-]?\s*(\d+)/gi;
  for (const [, name, digits] of cell.matchAll(each)) degrees[name!.toLowerCase()] ??= Number(digits);
  return degrees;
}

/** What replicas share by a cell that names sharding but no degrees: 3 weights, 2 gradients, 1 states. */
export function shardingOf(cell: string): 1 | 2 | 3 | undefined {
  if (/SHARD_GRAD_OP/i.test(cell)) return 2;
  if (/FULL_SHARD|HYBRID_SHARD|^\s*(?:HSDP|FSDP)\b/i.test(cell)) return 3;
  const stage = /\bZeRO\s*-?\s*([123])\b/i.exec(cell)?.[1];
  return stage === undefined ? undefined : (Number(stage) as 1 | 2 | 3);
}
