// npm run bench -- soak [--minutes 3]
// A long session of the kernel: declaring cells, prints, displays, errors, interrupts, lost sessions and
// restarts, over and over. Prints the memory at the end of each round; fails on a stray process, a lost
// answer, or growth beyond the bound. Then every writer is stopped at every operation on files.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { kernels, python } from "./kernel/peers.js";
import { killPoints } from "./soak/killPoints.js";

export async function main(args) {
  const { values } = parseArgs({ args, options: { minutes: { type: "string", default: "3" } } });
  const script = fileURLToPath(new URL("kernel/soak.py", import.meta.url));
  const child = spawn(python, [script, "--kernel", kernels.isoflop.command, "--minutes", values.minutes], {
    stdio: "inherit",
  });
  process.exitCode = await new Promise((resolve) => child.once("exit", resolve));
  const { faults } = await killPoints({ log: console.log });
  if (faults.length > 0) process.exitCode = 1;
}
