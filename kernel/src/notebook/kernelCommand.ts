import { fileURLToPath } from "node:url";
import type { KernelCommand } from "./KernelProcess.ts";

/** The command that starts isoflop's own kernel, with the Node that runs this. */
export const isoflopKernel: KernelCommand = [
  process.execPath,
  fileURLToPath(new URL("../server/main.js", import.meta.url)),
  "{connection_file}",
];

/**
 * Reads a kernel's command line as typed: words between blanks, quotes around words with blanks, and
 * `{connection_file}` where the path goes (at the end when it is not mentioned).
 *
 * @throws RangeError when it is empty
 */
export function parseKernelCommand(line: string): KernelCommand {
  const words = (line.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) =>
    word.replace(/^(["'])(.*)\1$/, "$2"),
  );
  if (words.length === 0) {
    throw new RangeError(
      '--kernel needs a command, for example "python3 -m ipykernel_launcher -f {connection_file}"',
    );
  }
  return line.includes("{connection_file}") ? words : [...words, "{connection_file}"];
}
