import { type Command, Option } from "commander";
import { type Duplicates, duplicateChoices } from "../../tables/duplicates/findRepeats.ts";
import type { LoadOptions } from "../../tables/loadRuns.ts";

/** How the rows of a table are to be taken, as the command line says it. */
export interface TableOptions {
  readonly duplicates: Duplicates;
  readonly unitCheck: "on" | "off";
  readonly decimal?: "point" | "comma";
  readonly lastOf?: string;
}

/** Adds the options that say how rows of a table are taken. */
export function addTableOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--duplicates <what>", "rows that repeat another in every column of the file")
        .choices(duplicateChoices)
        .default("keep"),
    )
    .addOption(
      new Option("--unit-check <on|off>", "refuse counts in billions and losses above 20")
        .choices(["on", "off"])
        .default("on"),
    )
    .addOption(
      new Option("--decimal <sign>", "the decimal sign, where a file does not show it: 1,234").choices([
        "point",
        "comma",
      ]),
    )
    .option("--last-of <column>", "of the rows with the same value take the last: a run's last step");
}

/** What they say, for `loadRuns`. */
export function tableOptions(
  options: TableOptions,
): Pick<LoadOptions, "duplicates" | "unitCheck" | "decimal" | "lastOf"> {
  const { duplicates, unitCheck, decimal, lastOf } = options;
  return {
    duplicates,
    unitCheck: unitCheck === "on",
    ...(decimal !== undefined && { decimal }),
    ...(lastOf !== undefined && { lastOf }),
  };
}
