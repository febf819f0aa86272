import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { shownMessage, shownPath } from "../files/shownPath.ts";
import { isSystemError, systemCause } from "../files/systemCauses.ts";
import { commands } from "./commands.ts";
import { createProgram } from "./program.ts";
import { tellLostOutput } from "./tellLostOutput.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const args = process.argv.slice(2);
tellLostOutput();
const program = await createProgram({ version, commands, args });

try {
  if (args.length === 0) program.outputHelp();
  else await program.parseAsync(args, { from: "user" });
} catch (error) {
  if (error instanceof CommanderError) process.exitCode ||= error.exitCode;
  else tell(error);
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
