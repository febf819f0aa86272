import { type Command, Option } from "commander";
import { findAccelerator, type Layout, type Model, type ProductFormat } from "isoflop";
import { trainAnswer } from "../../answers/cost/trainAnswer.ts";
import { trainingScenarios } from "../../answers/cost/trainingScenarios.ts";
import { trainText } from "../../answers/cost/trainText.ts";
import { acceleratorOption, addModelOptions, chosenModel, precisionOption } from "../catalog/chosenModel.ts";
import { helpText } from "../options/examplesHelp.ts";
import { asUsage, UsageError } from "../options/UsageError.ts";
import { parseAmount, parseCount, parsePositive, parseWhole } from "../optionValues.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";
import { answerScenarios } from "./answerScenarios.ts";
import {
  addScenarioOptions,
  refuseWithoutScenarios,
  type ScenarioChoice,
  scenarioFiles,
} from "./scenarioOptions.ts";

interface TrainOptions extends ScenarioChoice {
  model?: string;
  config?: string;
  accelerator?: string;
  devices?: number;
  tp?: number;
  pp?: number;
  vp?: number;
  stages?: "equal" | "balanced";
  cp?: number;
  ep?: number;
  dp?: number;
  fsdp?: boolean;
  zero?: number;
  microBatch?: number;
  batch?: number;
  seq?: number;
  precision?: ProductFormat;
  recompute?: "none" | "selective" | "full";
  stack?: string;
  tokens?: number;
  usdPerHour?: number;
  json?: boolean;
}

const help = helpText(
  [
    "The time of a step is what products, attention, memory, links and launches would take at the rates of the data sheet, times constants calibrated on published runs; intervals hold what is uncertain of them. Name the software (--stack) where runs of it are known: the intervals become narrower.",
    "--scenarios takes a table with the columns of the dataset measuredTraining (model, hardware, n_devices, precision, engine, parallel, batch, isl, notes, measurement, …) and adds mfu and tokens_per_s_per_device, each with _lo80, _hi80, _lo95, _hi95, in_distribution and note; the other columns are kept, but for quantity, value and unit. A row without an answer says why in its note.",
  ],
  [
    [
      "isoflop cost train --model Llama-3.1-70B --accelerator h100-sxm --devices 64 --tp 4 --pp 8 --vp 5 --batch 128 --seq 8192",
    ],
    [
      "isoflop cost train --model Llama-3.1-8B --accelerator h100-sxm --devices 8 --fsdp --batch 64 --seq 8192 --tokens 1e11",
      "with hours, energy and money",
    ],
    [
      "isoflop cost train --config config.json --accelerator gb200 --devices 64 --ep 64 --precision mxfp8 --stack megatron-bridge --seq 4096 --json | jq .step.mfu",
    ],
    ["isoflop cost train --scenarios runs.csv --out times.csv", "many runs of a table"],
  ],
);

/** Adds `isoflop cost train`: the time of a training step, and what a whole run takes. */
export function addCostTrainCommand(cost: Command): void {
  const command = addModelOptions(cost.command("train"))
    .description("Time of a training step with intervals, memory by part, and what a whole run takes.")
    .addOption(acceleratorOption())
    .option("--devices <count>", "accelerators (default: the product of the degrees)", parseCount)
    .option("--tp <devices>", "tensor parallelism", parseCount)
    .option("--pp <stages>", "stages of the pipeline", parseCount)
    .option("--vp <groups>", "groups of layers that each stage holds (interleaved pipeline)", parseCount)
    .addOption(
      new Option(
        "--stages <how>",
        "layers of the stages: equal, or balanced where they do not divide (default equal)",
      ).choices(["equal", "balanced"]),
    )
    .option("--cp <devices>", "context parallelism", parseCount)
    .option("--ep <devices>", "expert parallelism", parseCount)
    .option("--dp <replicas>", "data parallelism (default: what is left of the devices)", parseCount)
    .option("--fsdp", "shard weights, gradients and states over the replicas (ZeRO 3)")
    .option(
      "--zero <stage>",
      "what replicas shard: 0 nothing, 1 states, 2 gradients, 3 weights (default 1)",
      parseWhole,
    )
    .option("--micro-batch <sequences>", "sequences that a replica passes at a time (default 1)", parseCount)
    .option(
      "--batch <sequences>",
      "sequences of a step, all replicas (default: a micro-batch each, times the stages)",
      parseCount,
    )
    .option("--seq <tokens>", "tokens of a sequence", parseCount)
    .addOption(precisionOption())
    .addOption(
      new Option("--recompute <what>", "activations computed again (default none)").choices([
        "none",
        "selective",
        "full",
      ]),
    )
    .option("--stack <software>", 'such as "megatron-bridge 26.04", llm-foundry, megatron-lm or maxtext')
    .option("--tokens <count>", "tokens of the whole run, for hours, energy and money", parsePositive)
    .option("--usd-per-hour <price>", "price of one accelerator for one hour", parseAmount)
    .option("--json", "write JSON")
    .addHelpText("after", help);
  addScenarioOptions(command).action(async (options: TrainOptions) => {
    if (options.scenarios !== undefined) {
      await answerScenarios(trainingScenarios, scenarioFiles(options));
      return;
    }
    refuseWithoutScenarios(options);
    const model = chosenModel(options);
    const answer = asUsage(() => trainAnswer(questionOf(options, model)));
    const text = options.json
      ? JSON.stringify(answer, undefined, 2)
      : trainText(answer, terminalWidth(process.stdout));
    process.stdout.write(`${text}\n`);
  });
}

function questionOf(options: TrainOptions, model: Model) {
  const { model: name, accelerator, seq, precision = "bf16", stack, tokens, usdPerHour } = options;
  if (accelerator === undefined) throw new UsageError("give --accelerator NAME, such as h100-sxm");
  if (seq === undefined) throw new UsageError("give --seq TOKENS, the length of a sequence, such as 8192");
  if (options.fsdp && options.zero !== undefined)
    throw new UsageError("--fsdp is --zero 3; give one of them");
  return {
    model,
    modelName: name ?? model.name,
    accelerator: findAccelerator(accelerator),
    sequenceTokens: seq,
    format: precision,
    layout: layoutOf(options),
    ...(stack !== undefined && { stack }),
    ...(tokens !== undefined && { tokens }),
    ...(usdPerHour !== undefined && { usdPerHour }),
  };
}

/** The layout of the options: those that are given, states sharded over the replicas where nothing is said of it. */
function layoutOf(options: TrainOptions): Layout {
  const { precision = "bf16" } = options;
  const productBits = precision === "nvfp4" ? 4 : precision === "bf16" || precision === "fp16" ? 16 : 8;
  const given = {
    devices: options.devices,
    tensorParallel: options.tp,
    pipelineParallel: options.pp,
    interleave: options.vp,
    stages: options.stages,
    contextParallel: options.cp,
    expertParallel: options.ep,
    expertTensorParallel: options.ep !== undefined && options.ep > 1 ? 1 : undefined,
    dataParallel: options.dp,
    zeroStage: options.fsdp ? 3 : (options.zero ?? 1),
    microBatch: options.microBatch,
    globalBatch: options.batch,
    recompute: options.recompute,
    productBits,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Layout;
}
