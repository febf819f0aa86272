import type { Command } from "commander";
import { helpText } from "../options/examplesHelp.ts";
import { addCostCalibrateCommand } from "./costCalibrate.ts";
import { addCostSearchCommand } from "./costSearch.ts";
import { addCostServeCommand } from "./costServe.ts";
import { addCostTrainCommand } from "./costTrain.ts";

const help = helpText(
  ["isoflop models and isoflop accelerators list what can be named."],
  [
    ["isoflop cost train --model Llama-3.1-8B --accelerator h100-sxm --devices 64 --batch 256 --seq 8192"],
    [
      "isoflop cost serve --model Llama-3.1-8B --accelerator h100-sxm --concurrency 16 --prompt 1024 --output 256",
    ],
    ["isoflop cost search --model Llama-3.1-8B --accelerator h100-sxm --devices 64 --batch 256 --seq 8192"],
  ],
);

/** Adds `isoflop cost` with what it can be asked. */
export function addCostCommand(program: Command): void {
  const cost = program
    .command("cost")
    .description("What training and serving take: time with intervals, memory, energy, money.")
    .addHelpText("after", help);
  addCostTrainCommand(cost);
  addCostServeCommand(cost);
  addCostSearchCommand(cost);
  addCostCalibrateCommand(cost);
}
