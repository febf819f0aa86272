import type { Command } from "commander";
import { isRepeatable } from "./repeatable.ts";

/**
 * Makes a command and those below it refuse an option with a value that is given twice: commander takes the last one and
 * says nothing.
 */
export function refuseRepeatedOptions(command: Command): void {
  for (const option of command.options) {
    if (!(option.required || option.optional) || option.variadic || isRepeatable(option)) continue;
    let times = 0;
    command.on(`option:${option.name()}`, () => {
      times += 1;
      if (times > 1) command.error(`error: option '${option.flags}' is given twice; it takes one value`);
    });
  }
  for (const below of command.commands) refuseRepeatedOptions(below);
}
