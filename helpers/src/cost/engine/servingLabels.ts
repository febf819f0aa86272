import type { Model } from "../../models/Model.ts";
import { servingWork } from "./parts/servingWork.ts";
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
  /** What the model is built of, so that a model trained on from another shares its key. */
  readonly model: string;
  readonly layout: string;
  /** Whether prefill has instances of its own. */
  readonly split: boolean;
  /** "yes", "no", or "" where it is not known. */
  readonly drafting: "yes" | "no" | "";
  /** Whether all requests are there at once: tuned for throughput. */
  readonly offline: boolean;
  /** What one run measured together; "" where it is not known. */
  readonly run: string;
}

/** Labels of a scenario. */
export function servingLabels(scenario: ServingScenario, run = ""): ServingLabels {
  const { accelerator, acceleratorKey, serve, prefill, speculative, model } = scenario;
  const { peaks, vendor } = accelerator;
  return {
    engine: scenario.engine,
    release: scenario.release,
    accelerator: acceleratorKey,
    generation: `${vendor} ${peaks.nvfp4 ? 4 : peaks.fp8 ? 8 : 16}`,
    format: scenario.format,
    model: structureOf(model),
    layout: `${prefill ? `${layoutLabel(prefill.layout)} ` : ""}${layoutLabel(serve.layout)}`,
    split: prefill !== undefined,
    drafting: speculative === undefined ? "" : speculative ? "yes" : "no",
    offline: scenario.load.kind === "offline",
    run,
  };
}

const structures = new WeakMap<Model, string>();

/** Layers, width and weights without the head, which releases of one model share. */
function structureOf(model: Model): string {
  let key = structures.get(model);
  if (key === undefined) {
    const { layers, hiddenSize, divided, byKvHeads, whole, experts } = servingWork(model);
    const weights = experts.reduce((sum, one) => sum + one.weights, divided + byKvHeads + whole);
    key = `${layers} x ${hiddenSize}, ${(weights / 1e9).toPrecision(4)}e9`;
    structures.set(model, key);
  }
  return key;
}

function layoutLabel(layout: ServingLayout): string {
  const { tensorParallel: t, pipelineParallel: p, attentionDataParallel: d, expertParallel: e } = layout;
  return `t${t}p${p}d${d}e${e}`;
}
