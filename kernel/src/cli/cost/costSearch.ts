import { type Command, Option } from "commander";
import { findAccelerator, type Model, type ProductFormat, productFormats, searchLayouts } from "isoflop";
import { searchText } from "../../answers/cost/searchText.ts";
import { acceleratorOption, addModelOptions, chosenModel, type ModelChoice } from "../catalog/chosenModel.ts";
import { helpText } from "../options/examplesHelp.ts";
import { parsePath } from "../options/pathValues.ts";
import { asUsage, UsageError } from "../options/UsageError.ts";
import { parseAmount, parseCount, parsePercent, parsePositive, parseSeconds } from "../optionValues.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";
import { flagOf } from "./flagOf.ts";
import { objectives, type ServingSearchOptions, searchServingLayouts } from "./searchServingLayouts.ts";

interface TrainingSearchOptions {
  accelerator: string;
  devices: number;
  batch?: number;
  seq?: number;
  precision?: string;
  stack?: string;
  keep?: number;
  json?: boolean;
}

type SearchOptions = ModelChoice & TrainingSearchOptions & ServingSearchOptions;

const help = helpText(
  [
    "The lengths say what is searched for: --seq and --batch of a step train, --prompt and --output of a request serve.",
    "Layouts of a training are ranked by the time of a step, configurations of a serving by --objective under the limits. Two are told apart by their ratio, in which what is not known of both alike cancels; ≈ marks those that may be as good as the best.",
    "A layout is written in the letters of the field: tp, cp and ep devices share each matrix, sequence and the experts, pp stages (×groups of layers that each holds), dp replicas (of a serving: groups that attend apart); z is the stage of ZeRO, mb the sequences of a micro-batch, full says that all activations are computed again. Of a serving, 2×tp4 are two instances of four devices, and a colon parts instances that prefill from those that decode.",
  ],
  [
    ["isoflop cost search --model Llama-3.1-70B --accelerator h100-sxm --devices 64 --batch 128 --seq 8192"],
    [
      "isoflop cost search --model Qwen3-30B-A3B --accelerator gb200 --devices 64 --batch 512 --seq 4096 --precision mxfp8 --keep 5",
    ],
    [
      "isoflop cost search --config config.json --accelerator h100-sxm --devices 8 --batch 64 --seq 4096 --json | jq .layouts[0].layout",
    ],
    [
      "isoflop cost search --model Llama-3.1-70B --accelerator h100-sxm --devices 8 --prompt 1024 --output 256 --ttft 1 --tpot 0.03 --objective usd",
      "the cheapest way to serve within limits",
    ],
    [
      "isoflop cost search --model Llama-3.1-70B --accelerator h100-sxm,h200-sxm --devices 8 --rate 4 --prompt 1024 --output 256 --engine vllm",
      "for four requests a second, on whichever is better",
    ],
  ],
);

/** Names of precisions beside those that are trained in. */
const servingFormats = ["int8", "fp4", "mxfp4", "int4"];

const [training, serving] = ["For training:", "For serving:"];

/** Adds `isoflop cost search`: the layouts of a cluster that fit, ranked, for training or for serving. */
export function addCostSearchCommand(cost: Command): void {
  const command = addModelOptions(cost.command("search"))
    .description(
      "Layouts of some devices that fit their memory: for training, ranked by the time of a step; for serving, by what you choose, under limits on latency.",
    )
    .addOption(
      acceleratorOption(
        "an accelerator, see isoflop accelerators (for serving several, a,b)",
      ).makeOptionMandatory(),
    )
    .requiredOption("--devices <count>", "accelerators", parseCount)
    .addOption(
      new Option(
        "--precision <format>",
        "of products (default: bf16 for training, for serving all the accelerator has)",
      ).choices([...new Set([...productFormats, ...servingFormats])]),
    )
    .option("--keep <count>", "layouts to show (default 20)", parseCount)
    .option("--json", "write JSON");
  const add = (group: string, flags: string, text: string, parse?: (value: string) => unknown) => {
    const option = new Option(flags, text).helpGroup(group);
    command.addOption(parse ? option.argParser(parse) : option);
  };
  add(training, "--batch <sequences>", "sequences of a step, all replicas", parseCount);
  add(training, "--seq <tokens>", "tokens of a sequence", parseCount);
  add(training, "--stack <software>", 'such as "megatron-bridge 26.04", llm-foundry, megatron-lm or maxtext');
  add(serving, "--prompt <tokens>", "tokens of a prompt", parseCount);
  add(serving, "--output <tokens>", "tokens of an output", parseCount);
  add(serving, "--concurrency <requests>", "requests at all times (default: searched, too)", parseCount);
  add(serving, "--rate <requests>", "requests a second, arriving at random", parsePositive);
  add(
    serving,
    "--ttft <seconds>",
    "most seconds to the first token, on the average or at --percentile",
    parseSeconds,
  );
  add(serving, "--tpot <seconds>", "most seconds from one token to the next, likewise", parseSeconds);
  add(
    serving,
    "--percentile <percent>",
    "limits hold for so many of a hundred requests, simulated",
    parsePercent,
  );
  add(serving, "--surely", "limits hold for the upper end of the 80 % interval");
  command.addOption(
    new Option("--objective <what>", "what is made best (default tokens-per-device)")
      .choices(Object.keys(objectives))
      .helpGroup(serving),
  );
  command.addOption(
    new Option("--serving <how>", "instances that do both, or prefill split off (default: both tried)")
      .choices(["aggregated", "split"])
      .helpGroup(serving),
  );
  add(serving, "--chunk <tokens>", "tokens of a step at most (default: the engine's own)", parseCount);
  add(serving, "--engine <name>", "vllm, sglang or trtllm");
  add(serving, "--usd-per-hour <price>", "price of one accelerator for one hour", parseAmount);
  add(serving, "--watts <power>", "of a node for each accelerator, at the wall", parsePositive);
  add(serving, "--pue <ratio>", "power of the data centre over that of its nodes", parsePositive);
  add(serving, "--carbon <kg>", "kg CO2e a kWh, for --objective co2", parseAmount);
  add(serving, "--calibration <file>", "what isoflop cost calibrate wrote", parsePath);
  command.addHelpText("after", help).action((options: SearchOptions) => {
    const isServing = isForServing(options);
    const model = chosenModel(options);
    if (isServing) searchServingLayouts(model, options);
    else searchTrainingLayouts(model, options.model, options);
  });
}

const ofTraining = ["batch", "seq", "stack"] as const;
const ofServing = [
  "prompt",
  "output",
  "concurrency",
  "rate",
  "ttft",
  "tpot",
  "percentile",
  "surely",
  "objective",
  "serving",
  "chunk",
  "engine",
  "usdPerHour",
  "watts",
  "pue",
  "carbon",
  "calibration",
] as const;

/** Whether a serving is searched for; options of both are refused, since one of them would count for nothing. */
function isForServing(options: SearchOptions): boolean {
  const trains = ofTraining.find((name) => options[name] !== undefined);
  const serves = ofServing.find((name) => options[name] !== undefined);
  if (trains !== undefined && serves !== undefined) {
    throw new UsageError(
      `${flagOf(trains)} is for training and ${flagOf(serves)} for serving; leave out one of the two`,
    );
  }
  if (trains === undefined && serves === undefined) {
    throw new UsageError(
      "give what to search for: --batch SEQUENCES and --seq TOKENS for training, or --prompt TOKENS and --output TOKENS for serving",
    );
  }
  return serves !== undefined;
}

function searchTrainingLayouts(
  model: Model,
  name: string | undefined,
  { accelerator, devices, batch, seq, precision, stack, keep, json }: TrainingSearchOptions,
): void {
  if (batch === undefined) throw new UsageError("give --batch SEQUENCES, those of a step, such as 128");
  if (seq === undefined) throw new UsageError("give --seq TOKENS, the length of a sequence, such as 8192");
  if (precision !== undefined && !(productFormats as readonly string[]).includes(precision)) {
    throw new UsageError(
      `--precision of a search for training must be ${productFormats.join(", ")}, got ${precision}`,
    );
  }
  const found = asUsage(() =>
    searchLayouts(
      model,
      { devices, accelerator: findAccelerator(accelerator) },
      {
        sequenceTokens: seq,
        globalBatch: batch,
        ...(precision && { format: precision as ProductFormat }),
        ...(stack && { stack }),
        ...(name && { modelName: name }),
        ...(keep && { keep }),
      },
    ),
  );
  const text = json ? JSON.stringify(found, undefined, 2) : searchText(found, terminalWidth(process.stdout));
  process.stdout.write(`${text}\n`);
}
