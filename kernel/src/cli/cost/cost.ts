import type { Command } from "commander";
import { addCostSearchCommand } from "./costSearch.ts";
import { addCostTrainCommand } from "./costTrain.ts";

/** Adds `isoflop cost` with what it can be asked. */
export function addCostCommand(program: Command): void {
  const cost = program
    .command("cost")
    .description("What training takes: time with intervals, memory, hours, energy, money.");
  addCostTrainCommand(cost);
  addCostSearchCommand(cost);
}
