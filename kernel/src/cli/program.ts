import { Command } from "commander";
import { shownMessage } from "../files/shownPath.ts";
import type { CommandEntry } from "./commands.ts";
import { helpText } from "./options/examplesHelp.ts";
import { narrowHelp } from "./options/narrowHelp.ts";
import { refuseRepeatedOptions } from "./options/refuseRepeatedOptions.ts";
import { hasColors } from "./terminal/hasColors.ts";
import { beQuiet } from "./terminal/quiet.ts";
import { proseWidth } from "./terminal/terminalWidth.ts";

export interface ProgramOptions {
  version: string;
  commands: readonly CommandEntry[];
  /** The arguments after `isoflop`: they decide which command's module is loaded. */
  args: readonly string[];
  /** Loads every command, for what describes them all. */
  isWhole?: boolean;
}

const help = helpText(
  ['In Jupyter and VS Code the kernel is called "TypeScript (isoflop)".'],
  [
    ["isoflop report notebooks -o reports --scoreboard", "run every notebook, write one HTML page each"],
    ["isoflop run notebooks/chinchilla.ipynb", "run one notebook and keep its outputs in it"],
    ["isoflop fit runs.csv --bootstrap 1000", "fit Chinchilla's law to a table of runs"],
    ["isoflop help report", "what a command does, with its options"],
  ],
);

/**
 * The command-line program. Only the command named in `args` is imported; the others appear in the help by
 * their one-line summary. `isoflop --help` therefore starts in the time of Node itself.
 */
export async function createProgram({
  version,
  commands,
  args,
  isWhole = false,
}: ProgramOptions): Promise<Command> {
  const program = new Command("isoflop")
    .description("A TypeScript lab for the scaling laws of language models.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .showSuggestionAfterError()
    .showHelpAfterError("(isoflop --help lists the commands)")
    .addHelpText("after", help)
    .configureHelp(narrowHelp)
    .configureOutput({
      outputError: (text, write) => write(shownMessage(text)),
      getOutHelpWidth: () => proseWidth(process.stdout),
      getErrHelpWidth: () => proseWidth(process.stderr),
      getOutHasColors: () => hasColors(process.stdout),
      getErrHasColors: () => hasColors(process.stderr),
    })
    // An error instead of process.exit, so that what was printed is out, or told to be lost, before the end.
    .exitOverride();
  const whole = () => createProgram({ version, commands, args: [], isWhole: true });
  const named = args.find((arg) => !arg.startsWith("-") && arg !== "help");
  for (const entry of commands) {
    if (isWhole || entry.name === named) await entry.add(program, whole);
    else program.command(entry.name).summary(entry.summary).description(entry.summary);
  }
  program
    .command("version")
    .summary("print the version")
    .description("Print the version, as --version does.")
    .action(() => void process.stdout.write(`${version}\n`));
  for (const command of [program, ...program.commands]) withSharedOptions(command);
  refuseRepeatedOptions(program);
  program.hook("preAction", (_, command) => {
    if (command.optsWithGlobals().quiet) beQuiet();
  });
  return program;
}

/** What every command takes, and where a wrong use of it leads. */
function withSharedOptions(command: Command): void {
  command.option("-q, --quiet", "print only results and what went wrong");
  const isProgram = command.parent === null;
  if (!isProgram) command.showHelpAfterError(`(${pathOf(command)} --help shows how it is used)`);
  if (!isProgram) for (const below of command.commands) withSharedOptions(below);
}

/** The words that call a command: `isoflop kernel install`. */
const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
