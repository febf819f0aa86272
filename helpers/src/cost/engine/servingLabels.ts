import type { ServingLayout } from "./ServingLayout.ts";
import type { ServingScenario } from "./ServingScenario.ts";

/** What measurements of serving share, beyond what their parts are. */
export interface ServingLabels {
  readonly engine: string;
  readonly release: string;
  readonly accelerator: string;
  /** Accelerators with the same formats of one vendor. */
  readonly generation: string;
  /** Bits of the operands of the widest products. */
  readonly format: string;
  readonly model: string;
  readonly mixture: boolean;
  readonly layout: string;
  /** Whether prefill has instances of its own. */
  readonly split: boolean;
  /** "yes", "no", or "" where it is not known. */
  readonly drafting: "yes" | "no" | "";
  /** Whether weights and cache fit with room to spare, so that the batch is as asked. */
  readonly load: string;
}

/** Labels of a scenario. */
export function servingLabels(scenario: ServingScenario): ServingLabels {
  const { accelerator, acceleratorKey, serve, prefill, speculative, model } = scenario;
  const { peaks, vendor } = accelerator;
  return {
    engine: scenario.engine,
    release: scenario.release,
    accelerator: acceleratorKey,
    generation: `${vendor} ${peaks.nvfp4 ? 4 : peaks.fp8 ? 8 : 16}`,
    format: scenario.format,
    model: scenario.modelKey,
    mixture: model.layers.some(({ blocks }) => blocks.some(({ kind }) => kind === "experts")),
    layout: `${prefill ? `${layoutLabel(prefill.layout)} ` : ""}${layoutLabel(serve.layout)}`,
    split: prefill !== undefined,
    drafting: speculative === undefined ? "" : speculative ? "yes" : "no",
    load: scenario.load.kind,
  };
}

function layoutLabel(layout: ServingLayout): string {
  const { tensorParallel: t, pipelineParallel: p, attentionDataParallel: d, expertParallel: e } = layout;
  return `t${t}p${p}d${d}e${e}`;
}
