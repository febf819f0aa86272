import { Command } from "commander";
import { shownMessage } from "../files/shownPath.ts";
import type { CommandEntry } from "./commands.ts";
import { refuseRepeatedOptions } from "./refuseRepeatedOptions.ts";

export interface ProgramOptions {
  version: string;
  commands: readonly CommandEntry[];
  /** The arguments after `isoflop`: they decide which command's module is loaded. */
  args: readonly string[];
}

const examples = `
Examples:
  isoflop report notebooks -o reports --scoreboard   run every notebook, write one HTML page each
  isoflop run notebooks/chinchilla.ipynb             run one notebook and keep its outputs in it
  isoflop help report                                what a command does, with its options

In Jupyter and VS Code the kernel is called "TypeScript (isoflop)".`;

/**
 * The command-line program. Only the command named in `args` is imported; the others appear in the help by
 * their one-line summary. `isoflop --help` therefore starts in the time of Node itself.
 */
export async function createProgram({ version, commands, args }: ProgramOptions): Promise<Command> {
  const program = new Command("isoflop")
    .description("A TypeScript lab for the scaling laws of language models.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .showSuggestionAfterError()
    .showHelpAfterError("(isoflop --help lists the commands)")
    .addHelpText("after", examples)
    .configureOutput({ outputError: (text, write) => write(shownMessage(text)) })
    // An error instead of process.exit, so that what was printed is out, or told to be lost, before the end.
    .exitOverride();
  const named = args[0] === "help" ? args[1] : args.find((arg) => !arg.startsWith("-"));
  for (const entry of commands) {
    if (entry.name === named) await entry.add(program);
    else program.command(entry.name).summary(entry.summary).description(entry.summary);
  }
  refuseRepeatedOptions(program);
  return program;
}
