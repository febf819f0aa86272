import type { Command } from "commander";
import { findAccelerator } from "isoflop";
import { acceleratorJson, acceleratorsJson } from "../../answers/accelerators/acceleratorsJson.ts";
import { acceleratorsText } from "../../answers/accelerators/acceleratorsText.ts";
import { acceleratorText } from "../../answers/accelerators/acceleratorText.ts";
import { helpText } from "../options/examplesHelp.ts";
import { asUsage } from "../options/UsageError.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";

const help = helpText(
  [
    "A name is written in any case, with -, _ or spaces, whole or as many of its words as tell it from the others. One that leaves the board open, such as h100, is refused with those it may be.",
  ],
  [
    ["isoflop accelerators", "memory, bandwidth, peaks, power and prices of all"],
    ["isoflop accelerators h100-sxm", "one, with links, dates and sources"],
    ["isoflop accelerators --json | jq '.[] | {key, bf16: .peaks.bf16}'", "one number of each"],
  ],
);

/** Adds `isoflop accelerators`: the catalogue of accelerators, or one of it. */
export function addAcceleratorsCommand(program: Command): void {
  program
    .command("accelerators")
    .description("List the accelerators that plans and costs know, or show one in detail.")
    .argument("[name]", "an accelerator, such as h100-sxm-80gb or gb200")
    .option("--json", "print JSON: bytes, bytes/s, FLOP/s, watts, US dollars an hour")
    .addHelpText("after", help)
    .action((name: string | undefined, { json }: { json?: boolean }) => {
      const one = name === undefined ? undefined : asUsage(() => findAccelerator(name));
      const width = terminalWidth(process.stdout);
      const text = json
        ? JSON.stringify(one ? acceleratorJson(one) : acceleratorsJson(), undefined, 2)
        : one
          ? acceleratorText(one, width)
          : acceleratorsText(width);
      process.stdout.write(`${text}\n`);
    });
}
