import { Argument, type Command } from "commander";
import { helpText } from "../options/examplesHelp.ts";
import { bashScript } from "./bashScript.ts";
import { type DescribedCommand, describeCommands } from "./describeCommands.ts";
import { fishScript } from "./fishScript.ts";
import { zshScript } from "./zshScript.ts";

const scripts: Readonly<Record<string, (commands: readonly DescribedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

const help = helpText(
  [
    "The script holds all commands and options as they are now and starts no program: print it anew after an update.",
  ],
  [
    ["isoflop completion bash >> ~/.bashrc", "bash, from the next shell on"],
    ["source <(isoflop completion zsh)", "zsh, in this shell, behind compinit"],
    ["isoflop completion fish | source", "fish, in this shell; as a line of config.fish, for good"],
  ],
);

/**
 * Adds `isoflop completion`: print a script by which a shell completes commands and options.
 *
 * @param whole makes the program with every command loaded
 */
export function addCompletionCommand(program: Command, whole: () => Promise<Command>): void {
  program
    .command("completion")
    .description("Print a script by which a shell completes commands, options and their values.")
    .addArgument(new Argument("<shell>", "bash, zsh or fish").choices(Object.keys(scripts)))
    .addHelpText("after", help)
    .action(async (shell: keyof typeof scripts) => {
      process.stdout.write(scripts[shell]!(describeCommands(await whole())));
    });
}
