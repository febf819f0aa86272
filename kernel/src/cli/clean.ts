import { setImmediate } from "node:timers/promises";
import type { Command } from "commander";
import { shownPath } from "../files/shownPath.ts";
import { cleanNotebooks } from "../notebook/cleanNotebooks.ts";
import { wrapText } from "../text/wrapText.ts";
import { expandGlobs } from "./inputs/expandGlobs.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parsePaths } from "./options/pathValues.ts";
import { isQuiet, say } from "./terminal/quiet.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";

const help = helpText(
  [],
  [
    ["isoflop clean notebooks", "every notebook of a folder"],
    ["isoflop clean analysis.ipynb", "one notebook"],
    ["isoflop clean --check notebooks", "only say which are not clean; exit 1 if there is one"],
  ],
);

/** Adds `isoflop clean`: strip notebooks of what a run leaves in them. */
export function addCleanCommand(program: Command): void {
  program
    .command("clean")
    .description(
      "Strip notebooks of outputs, execution counts and volatile metadata, in place. Cells keep their ids; missing ones are added.",
    )
    .argument("<notebooks...>", ".ipynb files, or folders of them", parsePaths)
    .option("--check", "write nothing; name the notebooks that are not clean and exit 1 if there is one")
    .addHelpText("after", help)
    .action(cleanCommand);
}

async function cleanCommand(given: string[], { check = false }: { check?: boolean }): Promise<void> {
  const paths = await expandGlobs(given);
  const width = terminalWidth(process.stdout);
  let [files, changed, unread, unwritten] = [0, 0, 0, 0];
  for (const { path, changes, failure, isUnwritten } of cleanNotebooks(paths, check)) {
    // Ctrl-C, which waits while a file is written, has its effect between two.
    await setImmediate();
    files += 1;
    if (failure !== undefined) {
      if (isUnwritten) unwritten += 1;
      else unread += 1;
      console.error(`isoflop: ${failure}`);
    } else if (changes.length > 0) {
      changed += 1;
      const line = `${shownPath(path)}: ${changes.join("; ")}`;
      if (!isQuiet()) console.log(wrapText(line, width, 2).join("\n"));
    }
  }
  const done = check ? "not clean" : "cleaned";
  const others = [
    unread > 0 ? `, ${unread} could not be read` : "",
    unwritten > 0 ? `, ${unwritten} could not be written` : "",
  ].join("");
  say(`${files} notebook${files === 1 ? "" : "s"}: ${changed} ${done}${others}`);
  if (unread + unwritten > 0 || (check && changed > 0)) process.exitCode = 1;
}
