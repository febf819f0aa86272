import type { Command } from "commander";
import { findAccelerator, type ProductFormat, searchLayouts } from "isoflop";
import { searchText } from "../../answers/cost/searchText.ts";
import { addModelOptions, chosenModel, precisionOption } from "../catalog/chosenModel.ts";
import { helpText } from "../options/examplesHelp.ts";
import { asUsage } from "../options/UsageError.ts";
import { parseCount } from "../optionValues.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";

interface SearchOptions {
  model?: string;
  config?: string;
  accelerator: string;
  devices: number;
  batch: number;
  seq: number;
  precision?: ProductFormat;
  stack?: string;
  keep?: number;
  json?: boolean;
}

const help = helpText(
  [
    "Layouts are ranked by the time of a step. Two are told apart by the ratio of their times, in which what is not known of both alike cancels; ≈ marks those that may be as fast as the fastest.",
    "A layout is written in the letters of the field: tp, cp and ep devices share each matrix, sequence and the experts, pp stages (×groups of layers that each holds), dp replicas; z is the stage of ZeRO, mb the sequences of a micro-batch, full says that all activations are computed again.",
  ],
  [
    ["isoflop cost search --model Llama-3.1-70B --accelerator h100-sxm --devices 64 --batch 128 --seq 8192"],
    [
      "isoflop cost search --model Qwen3-30B-A3B --accelerator gb200 --devices 64 --batch 512 --seq 4096 --precision mxfp8 --keep 5",
    ],
    [
      "isoflop cost search --config config.json --accelerator h100-sxm --devices 8 --batch 64 --seq 4096 --json | jq .layouts[0].layout",
    ],
  ],
);

/** Adds `isoflop cost search`: the layouts of a cluster that fit, ranked. */
export function addCostSearchCommand(cost: Command): void {
  addModelOptions(cost.command("search"))
    .description("All layouts of a cluster that fit its memory, ranked by the time of a step.")
    .requiredOption("--accelerator <name>", "an accelerator, see isoflop accelerators")
    .requiredOption("--devices <count>", "accelerators", parseCount)
    .requiredOption("--batch <sequences>", "sequences of a step, all replicas", parseCount)
    .requiredOption("--seq <tokens>", "tokens of a sequence", parseCount)
    .addOption(precisionOption())
    .option("--stack <software>", 'such as "megatron-bridge 26.04", llm-foundry, megatron-lm or maxtext')
    .option("--keep <count>", "layouts to show (default 20)", parseCount)
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action((options: SearchOptions) => {
      const { model: name, accelerator, devices, batch, seq, precision, stack, keep } = options;
      const model = chosenModel(options);
      const found = asUsage(() => {
        return searchLayouts(
          model,
          { devices, accelerator: findAccelerator(accelerator) },
          {
            sequenceTokens: seq,
            globalBatch: batch,
            ...(precision && { format: precision }),
            ...(stack && { stack }),
            ...(name && { modelName: name }),
            ...(keep && { keep }),
          },
        );
      });
      const text = options.json
        ? JSON.stringify(found, undefined, 2)
        : searchText(found, terminalWidth(process.stdout));
      process.stdout.write(`${text}\n`);
    });
}
