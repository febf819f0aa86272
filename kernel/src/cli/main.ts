import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
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

function tell(error: unknown): void {
  // Errors of this house say what is wrong and the way out; a stack is for whoever works on isoflop itself.
  const message = error instanceof Error ? error.message : String(error);
  console.error(process.env.ISOFLOP_STACK && error instanceof Error ? error.stack : `isoflop: ${message}`);
  process.exitCode = 1;
}
