import type { Command } from "commander";
import { rowFormatOf } from "../../answers/fit/writeRows.ts";
import { formatOption } from "../inputs/formatOption.ts";
import { parseOutput, parsePath } from "../options/pathValues.ts";
import { asUsage, UsageError } from "../options/UsageError.ts";
import type { ScenarioFiles } from "./answerScenarios.ts";
import { flagOf } from "./flagOf.ts";

/** How a command is asked for a table of scenarios instead of one. */
export interface ScenarioChoice {
  scenarios?: string;
  out?: string;
  format?: string;
}

/** Adds --scenarios and where its answers go. */
export function addScenarioOptions(command: Command): Command {
  return command
    .option("--scenarios <table>", "a table of them to answer instead, a row each", parsePath)
    .option("--out <file>", "where --scenarios writes: .csv, .json, .md, .tex, or - for CSV", parseOutput)
    .addOption(formatOption());
}

/**
 * The files of --scenarios.
 *
 * @param beside options that hold for every row, so that they may stand beside it
 * @throws UsageError where an option of one scenario stands beside it, or --out is missing
 */
export function scenarioFiles(options: ScenarioChoice, beside: readonly string[] = []): ScenarioFiles {
  const { scenarios, out, format, ...others } = options;
  const first = Object.keys(others).find((name) => !beside.includes(name) && name !== "quiet");
  if (first !== undefined) {
    throw new UsageError(`${flagOf(first)} is for one run; the rows of --scenarios say it for themselves`);
  }
  if (out === undefined) throw new UsageError("--scenarios needs --out FILE, such as times.csv, or --out -");
  // Before anything is timed.
  if (out !== "-") asUsage(() => rowFormatOf("--out", out));
  return { path: scenarios!, out, format };
}

/** @throws UsageError where options of a table are given without one */
export function refuseWithoutScenarios({ scenarios, out, format }: ScenarioChoice): void {
  if (scenarios !== undefined) return;
  if (out !== undefined) throw new UsageError("--out is for --scenarios; use --json, or > file");
  if (format !== undefined) throw new UsageError("--format is for --scenarios, and there is no table");
}
