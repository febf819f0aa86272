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
  /** Whether an instance has more than 64 requests at a time, where times to first token scatter most. */
  readonly crowded: boolean;
  /** What one run measured together; "" where it is not known. */
  readonly run: string;
}

/**
 * Labels of a scenario.
 *
 * @param run what was measured together, such as one run of a benchmark tool
 * @example
 * import { readServingRow, servingLabels } from "isoflop";
 * const scenario = readServingRow({ model: "DeepSeek-R1", hardware: "b200_sxm", precision: "fp8", engine: "sglang 0.5.9",
 *   parallel: "tp8", batch: 16, load: "closed loop, concurrency", isl: 1024, osl: 512 });
 * if ("why" in scenario) throw new Error(scenario.why);
 * const { engine, release, generation, model } = servingLabels(scenario);
 * [engine, release, generation, model]; // => ["sglang", "0.5.9", "NVIDIA 4", "61 x 7168, 669.2e9"]
 */
export function servingLabels(scenario: ServingScenario, run = ""): ServingLabels {
  const { accelerator, acceleratorKey, serve, prefill, speculative, draft, model, load } = scenario;
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
    // Where draft says what a step gives, the parts hold it, and nothing is left to a factor.
    drafting: draft ? "no" : speculative === undefined ? "" : speculative ? "yes" : "no",
    offline: load.kind === "offline",
    crowded: load.kind === "closed" && load.concurrency > 64 * serve.instances,
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
