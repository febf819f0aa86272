// npm run bench -- soak [--minutes 3]
// First cells that take names and built-ins from the kernel (bench/soak/hostileCells.js): all of them from half an hour
// on, else a hundred of each kind. Then a long session:
// A long session of the kernel: declaring cells, prints, displays, errors, interrupts, lost sessions and
// restarts, over and over. Prints the memory at the end of each round; fails on a stray process, a lost
// answer, or growth beyond the bound.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { kernels, python } from "./kernel/peers.js";
import { hostileCells } from "./soak/hostileCells.js";

export async function main(args) {
  const { values } = parseArgs({ args, options: { minutes: { type: "string", default: "3" } } });
  await hostileCells({ tries: Number(values.minutes) >= 30 ? Number.POSITIVE_INFINITY : 100 });
  const script = fileURLToPath(new URL("kernel/soak.py", import.meta.url));
  const child = spawn(python, [script, "--kernel", kernels.isoflop.command, "--minutes", values.minutes], {
    stdio: "inherit",
  });
  process.exitCode = await new Promise((resolve) => child.once("exit", resolve));
}
