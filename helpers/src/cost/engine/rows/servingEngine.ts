/** Names of engines in a cell, the most telling first: an AMD submission names vLLM beside PyTorch. */
const engines: readonly (readonly [RegExp, string])[] = [
  [/vllm/i, "vllm"],
  [/sglang|\bsgl\b/i, "sglang"],
  [/tensorrt(?:[-_ ]?llm)?|trt[-_ ]?llm|\btrt\b/i, "trtllm"],
  [/\btgi\b|text-generation-inference/i, "tgi"],
  [/lmdeploy/i, "lmdeploy"],
  [/llama\.?cpp/i, "llama.cpp"],
  [/deepspeed/i, "deepspeed"],
  [/pytorch|\btorch\b/i, "pytorch"],
];

/**
 * Engine and release of a cell such as "trtllm 1.2.0rc2", "vLLM 0.9.0.2.dev108+g71fa, Pytorch 2.7.0" or "TensorRT-LLM v1.0".
 * An engine that is not known goes by its first word, in lower case.
 */
export function servingEngine(cell: string): { readonly engine: string; readonly release: string } {
  for (const [pattern, engine] of engines) {
    const named = pattern.exec(cell);
    if (!named) continue;
    const rest = cell.slice(named.index + named[0].length).split(/[,;]/)[0]!;
    return { engine, release: rest.replace(/^[\s:=_-]*v?(?=[\w.])/i, "").trim() };
  }
  const [first = "", ...rest] = cell.split(/[,;]/)[0]!.trim().split(/\s+/);
  return { engine: first.toLowerCase(), release: rest.join(" ") };
}
