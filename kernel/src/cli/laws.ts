import type { Command } from "commander";
import { lawsJson } from "../answers/laws/lawsJson.ts";
import { lawsText } from "../answers/laws/lawsText.ts";
import { helpText } from "./options/examplesHelp.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";

const help = helpText(
  [
    'A law\'s name is what `isoflop fit --law` takes. Families take other fields in parentheses, such as "powerLaw(nTokens)"; a formula such as "L = E + A/N^alpha" makes a law of its own.',
  ],
  [
    ["isoflop laws", "names, fields and sources"],
    ["isoflop laws --json | jq -r '.[].name'", "the names alone"],
  ],
);

/** Adds `isoflop laws`: list the built-in laws. */
export function addLawsCommand(program: Command): void {
  program
    .command("laws")
    .description("List the built-in laws, with the fields they read and the parameters they fit.")
    .option("--json", "print the list as JSON, with TeX, units and domains")
    .addHelpText("after", help)
    .action(({ json }: { json?: boolean }) => {
      process.stdout.write(
        `${json ? JSON.stringify(lawsJson(), undefined, 2) : lawsText(terminalWidth(process.stdout))}\n`,
      );
    });
}
