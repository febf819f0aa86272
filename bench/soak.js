// npm run bench -- soak [--minutes 3] [--messages 50000] [--seed 1]
// First wrong messages over the wire (bench/soak/wire.js), then cells that take names and built-ins from the kernel
// (bench/soak/hostileCells.js): all of them from half an hour on, else a hundred of each kind. Then a long session:
// A long session of the kernel: declaring cells, prints, displays, errors, interrupts, lost sessions and
// restarts, over and over. Prints the memory at the end of each round; fails on a stray process, a lost
// answer, or growth beyond the bound.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { kernels, python } from "./kernel/peers.js";
import { hostileCells } from "./soak/hostileCells.js";
import { wire } from "./soak/wire.js";

export async function main(args) {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: "string", default: "3" },
      messages: { type: "string", default: "50000" },
      seed: { type: "string", default: "1" },
    },
  });
  const { faults } = await wire({ tries: +values.messages, seed: +values.seed, log: console.log });
  const cells = Number(values.minutes) >= 30 ? Number.POSITIVE_INFINITY : 100;
  const hostile = await hostileCells({ tries: cells, seed: +values.seed });
  faults.push(...hostile.faults);
  for (const fault of faults) console.log(`FAULT: ${fault}`);
  const script = fileURLToPath(new URL("kernel/soak.py", import.meta.url));
  const child = spawn(python, [script, "--kernel", kernels.isoflop.command, "--minutes", values.minutes], {
    stdio: "inherit",
  });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  process.exitCode = code || Number(faults.length > 0);
}
