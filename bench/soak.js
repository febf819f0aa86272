// npm run bench -- soak [--minutes 3] [--messages 50000] [--interrupts 5000] [--seed 1]
// Everything that may break the kernel or lose a file, one part after the other, each counted: wrong messages over
// the wire; cells that take names and built-ins from the kernel (from half an hour on all of them, else a hundred of
// each kind); deep and long cells; every writer of files, stopped at every operation; interrupts; then, for the minutes
// given, a long session of declaring cells, prints, displays, errors, interrupts, completions, breakpoints, lost
// sessions and restarts. Prints the memory at the end of each round; fails on a stray process, a lost answer, or growth
// beyond the bound.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { kernels, python } from "./kernel/peers.js";
import { deep } from "./soak/deep.js";
import { hostileCells } from "./soak/hostileCells.js";
import { killPoints } from "./soak/killPoints.js";
import { wire } from "./soak/wire.js";

export async function main(args) {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: "string", default: "3" },
      messages: { type: "string", default: "50000" },
      interrupts: { type: "string", default: "5000" },
      seed: { type: "string", default: "1" },
    },
  });
  const minutes = Number(values.minutes);
  const seed = Number(values.seed);
  const log = console.log;
  const parts = [
    await wire({ tries: Number(values.messages), seed, log }),
    await hostileCells({ tries: minutes >= 30 ? Number.POSITIVE_INFINITY : 100, seed, log }),
    await deep({ minutes: Math.min(minutes, 15), seed, log }),
    await killPoints({ log }),
  ];
  const faults = parts.flatMap((part) => part.faults);
  const codes = [
    await runPython("storm.py", "--tries", values.interrupts, "--seed", values.seed),
    await runPython("soak.py", "--minutes", values.minutes),
  ];
  for (const fault of faults) console.log(`FAULT: ${fault}`);
  process.exitCode = Number(faults.length > 0 || codes.some((code) => code !== 0));
}

function runPython(name, ...args) {
  const script = fileURLToPath(new URL(`kernel/${name}`, import.meta.url));
  const child = spawn(python, [script, "--kernel", kernels.isoflop.command, ...args], { stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", resolve));
}
