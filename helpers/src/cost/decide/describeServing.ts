import type { ServingInstances, ServingScenario } from "../engine/ServingScenario.ts";

/**
 * A configuration in a line, such as `2 x tp4 fp8, 64 at once on H100-SXM-80GB`; split ones name the prefilling instances
 * first.
 *
 * @example
 * import { accelerators, describeServing, modelNamed } from "isoflop";
 * const layout = {
 *   tensorParallel: 4, pipelineParallel: 1, attentionDataParallel: 1, expertParallel: 1, expertTensorParallel: 4,
 * };
 * describeServing({
 *   model: modelNamed("Llama-3.1-70B"), modelKey: "Llama-3.1-70B", accelerator: accelerators["h100-sxm-80gb"],
 *   acceleratorKey: "h100-sxm-80gb", bits: { weights: 8, activations: 8, kv: 8 }, format: "fp8", engine: "", release: "",
 *   serve: { instances: 2, layout }, load: { kind: "closed", concurrency: 64 }, promptTokens: 1024, outputTokens: 256,
 *   assumptions: [],
 * }); // => "2 x tp4, fp8, 64 at once, on H100-SXM-80GB"
 */
export function describeServing(scenario: ServingScenario): string {
  const { serve, prefill, load, format, accelerator, chunkTokens } = scenario;
  const instances = prefill ? `prefill ${of(prefill)}, decode ${of(serve)}` : of(serve);
  const loads = {
    closed: () => `${load.kind === "closed" && load.concurrency} at once`,
    static: () => `batches of ${load.kind === "static" && load.batch}`,
    open: () => `${load.kind === "open" && load.requestsPerS} requests a second`,
    offline: () => "all at once",
  };
  const chunk = chunkTokens === undefined ? "" : `, steps of ${chunkTokens} tokens`;
  return `${instances}, ${format}, ${loads[load.kind]()}${chunk}, on ${accelerator.name}`;
}

function of({ instances, layout }: ServingInstances): string {
  const { tensorParallel, pipelineParallel, attentionDataParallel, expertParallel, expertTensorParallel } =
    layout;
  const degrees = [
    `tp${tensorParallel}`,
    ...(pipelineParallel > 1 ? [`pp${pipelineParallel}`] : []),
    ...(attentionDataParallel > 1 ? [`adp${attentionDataParallel}`] : []),
    ...(expertParallel > 1 ? [`ep${expertParallel}`] : []),
    ...(expertParallel > 1 && expertTensorParallel > 1 ? [`etp${expertTensorParallel}`] : []),
  ];
  return `${instances} x ${degrees.join(" ")}`;
}
