import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { shownMessage, shownPath } from "../files/shownPath.ts";
import { isSystemError, systemCause } from "../files/systemCauses.ts";
import { commands } from "./commands.ts";
import { isWrongUse } from "./options/UsageError.ts";
import { withoutHelpOfNothing } from "./options/unknownCommand.ts";
import { createProgram } from "./program.ts";
import { tellLostOutput } from "./terminal/tellLostOutput.ts";

/** As shells and most programs have it: 1 is for what went wrong in the work. */
const wrongUse = 2;

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const args = process.argv.slice(2);
tellLostOutput();
const program = await createProgram({ version, commands, args });

try {
  if (args.length === 0) program.outputHelp();
  else await program.parseAsync(withoutHelpOfNothing(program, args), { from: "user" });
} catch (error) {
  // Commander has told what is wrong, or shown the help that was asked for.
  if (!(error instanceof CommanderError)) tell(error);
  if (isWrongUse(error)) process.exitCode = wrongUse;
}

/** What a file system refuses anywhere else is told as it is where it is expected. */
function inWords(error: Error): string {
  const path = isSystemError(error) && !error.syscall?.startsWith("spawn") && error.path;
  return path ? `${shownPath(path)} cannot be used: ${systemCause(error)}` : error.message;
}

function tell(error: unknown): void {
  // Errors of this house say what is wrong and the way out; a stack is for whoever works on isoflop itself.
  const message = shownMessage(withShownArguments(error instanceof Error ? inWords(error) : String(error)));
  console.error(process.env.ISOFLOP_STACK && error instanceof Error ? error.stack : `isoflop: ${message}`);
  process.exitCode = 1;
}

/** Any message may repeat an argument, and so a line end in it. */
function withShownArguments(message: string): string {
  const unseen = args.filter((arg) => shownPath(arg) !== arg);
  return unseen.reduce((text, arg) => text.replaceAll(arg, shownPath(arg)), message);
}
