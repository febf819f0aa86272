import type { Command } from "commander";

/**
 * The arguments as commander shall read them. Where no command has the name that stands there, it shows the help of the
 * whole if --help is asked for, and `help` looks at one name only; without the request it says which name is wrong, and
 * which is near.
 */
export function withoutHelpOfNothing(program: Command, args: readonly string[]): readonly string[] {
  const names: string[] = [];
  let command = program;
  let isHelp = false;
  for (const word of args.filter((arg) => !arg.startsWith("-"))) {
    if (command.commands.length === 0) break;
    const below = command.commands.find((one) => one.name() === word);
    if (below === undefined && word === "help") isHelp = true;
    else if (below === undefined && command.registeredArguments.length > 0) break;
    else names.push(word);
    // Only names, so that nothing but the wrong one can be told.
    if (below === undefined && word !== "help") return names;
    command = below ?? command;
  }
  return isHelp && names.length > 0 ? [...names, "--help"] : args;
}
