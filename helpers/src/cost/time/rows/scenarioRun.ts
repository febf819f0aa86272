import type { TableRow } from "../../rows/rowCells.ts";
import type { TimedRun } from "../calibrate/calibrateTime.ts";
import type { RunLabels } from "../calibrate/RunLabels.ts";
import type { TimeCalibration } from "../calibrate/TimeCalibration.ts";
import { machineRates } from "../machineRates.ts";
import { modelWork } from "../modelWork.ts";
import { operandBytes } from "../operandBytes.ts";
import { stepPartNames } from "../priorConstants.ts";
import type { StepTime } from "../StepTime.ts";
import { stepParts } from "../stepParts.ts";
import { timedRun } from "../timedRun.ts";
import { layoutLabel } from "./layoutLabel.ts";
import { readTrainingRow } from "./readTrainingRow.ts";
import type { TrainingScenario } from "./TrainingScenario.ts";

/** Labels of a scenario. */
export function scenarioLabels(scenario: TrainingScenario): RunLabels {
  const { stack, accelerator, format, modelKey, model, release, layout, assumptions } = scenario;
  const experts = modelWork(model).expertFlops > 0;
  return {
    stack,
    accelerator: accelerator.name,
    format,
    model: modelKey,
    kind: experts ? "experts" : "dense",
    release,
    layout: layoutLabel(layout),
    stated: !assumptions.some((one) => /^(batch|layout)/.test(one)),
  };
}

/** Ideal seconds of the parts of a scenario's step, and the bubble of its pipeline. */
export function scenarioParts(scenario: TrainingScenario): {
  readonly ideal: Float64Array;
  readonly bubble: number;
} {
  const { model, accelerator, format, layout, sequenceTokens, frozen, withPrediction } = scenario;
  const ideal = new Float64Array(stepPartNames.length);
  const step = { sequenceTokens, operandBytes: operandBytes(format), frozen };
  const bubble = stepParts(
    modelWork(model, withPrediction),
    layout,
    machineRates(accelerator, format),
    step,
    ideal,
  );
  return { ideal, bubble };
}

/**
 * A row of `measuredTraining` with tokens per second of a device, or seconds of a step, as a run to calibrate on; or why it
 * is none.
 *
 * @example
 * import { timedRunOf } from "isoflop";
 * const row = { model: "MPT-7b", hardware: "h100_80gb", n_devices: 8, batch: 256, isl: 4096, source: "llm-foundry",
 *   parallel: "FSDP FULL_SHARD", quantity: "throughput per device", unit: "tokens/s", value: 8192 };
 * const run = timedRunOf(row);
 * "why" in run ? run.why : run.seconds; // => 16
 */
export function timedRunOf(row: TableRow): TimedRun | { readonly why: string } {
  const scenario = readTrainingRow(row);
  if ("why" in scenario) return scenario;
  const value = Number(row.value);
  if (!(value > 0 && value < Infinity)) return { why: `value must be > 0, got ${String(row.value)}` };
  const { layout, sequenceTokens } = scenario;
  const tokens = (layout.globalBatch * sequenceTokens) / layout.devices;
  const quantity = String(row.quantity ?? "");
  const isRate = quantity === "throughput per device" && /^tokens?\/s$/i.test(String(row.unit ?? ""));
  if (!isRate && quantity !== "step time") return { why: `no time of a step: ${quantity}` };
  return {
    labels: scenarioLabels(scenario),
    ...scenarioParts(scenario),
    seconds: isRate ? tokens / value : value,
  };
}

/**
 * The time of a step of a scenario, its utilisation counted as its source counts it.
 *
 * @example
 * import { readTrainingRow, timeScenario } from "isoflop";
 * const run = readTrainingRow({ model: "MPT-7b", hardware: "h100_80gb", n_devices: 8, precision: "amp_bf16", batch: 256,
 *   isl: 4096, source: "llm-foundry", parallel: "FSDP FULL_SHARD", notes: "microbatch 16; activation checkpointing True" });
 * const [low, high] = "why" in run ? [] : timeScenario(run).mfu.interval95;
 * low! < 0.4042 && 0.4042 < high!; // => true
 */
export function timeScenario(scenario: TrainingScenario, calibration?: TimeCalibration): StepTime {
  const step = timeOf(scenario, calibration);
  const { accelerator, layout } = scenario;
  const bytes = weightBytes(scenario);
  if (!(bytes > accelerator.memoryBytes)) return step;
  const [held, has] = [bytes, accelerator.memoryBytes].map((each) => (each / 1e9).toFixed(0));
  const does = `does not fit: weights alone take ${held} GB of each of ${layout.devices} devices, which have ${has}`;
  return { ...step, inDistribution: false, assumptions: [...step.assumptions, does] };
}

/** Bytes of a device's share of the weights, in 16 bits; of frozen ones in 4, the least that is in use. */
function weightBytes({ model, layout, withPrediction, frozen }: TrainingScenario): number {
  const { params, expertParams } = modelWork(model, withPrediction);
  const { tensorParallel: tp, pipelineParallel: pp, expertParallel: ep, zeroStage, shardDevices } = layout;
  const held = (params - expertParams) / tp + expertParams / (ep > 1 ? ep : tp);
  return ((held / pp) * (frozen ? 0.5 : 2)) / (zeroStage === 3 ? shardDevices : 1);
}

function timeOf(scenario: TrainingScenario, calibration?: TimeCalibration): StepTime {
  const { model, layout, accelerator, params, stack, release } = scenario;
  const { modelKey, sequenceTokens, format, frozen, withPrediction, convention } = scenario;
  return timedRun(model, layout, accelerator, {
    sequenceTokens,
    format,
    frozen,
    withPrediction,
    convention,
    ...(params !== undefined && { params }),
    ...(calibration && { calibration }),
    peakFormat: scenario.peakFormat,
    modelName: modelKey,
    stack: `${stack} ${release}`,
    stated: scenarioLabels(scenario).stated,
  });
}
