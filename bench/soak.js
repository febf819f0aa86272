// npm run bench -- soak [--minutes 3] [--messages 50000] [--interrupts 5000] [--seed 1] [--only PART,PART]
// Everything that may break the kernel or lose a file, one part after the other, each counted. `wire`: wrong messages
// over the five sockets. `cells`: cells that take names and built-ins from the kernel (from half an hour on all of
// them, else a hundred of each kind). `deep`: deep and long cells. `files`: every writer of files, stopped at every
// operation. `interrupts`: at random moments of cells of all sorts. `session`: for the minutes given, declaring cells,
// prints, displays, errors, interrupts, completions, breakpoints, lost sessions and restarts. Prints the memory at the
// end of each round; fails on a stray process, a lost answer, or growth beyond the bound.
// Example: npm run bench -- soak --only wire,interrupts --interrupts 500
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { knownOnly, wholeNumber } from "./kernel/options.js";
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
      only: { type: "string" },
    },
  });
  const [minutes, tries, interrupts, seed] = ["minutes", "messages", "interrupts", "seed"].map((name) =>
    wholeNumber(`--${name}`, values[name]),
  );
  const log = console.log;
  const parts = {
    wire: () => wire({ tries, seed, log }),
    cells: () => hostileCells({ tries: minutes >= 30 ? Number.POSITIVE_INFINITY : 100, seed, log }),
    deep: () => deep({ minutes: Math.min(minutes, 15), seed, log }),
    files: () => killPoints({ log }),
    interrupts: () => runPython("storm.py", "--tries", String(interrupts), "--seed", String(seed)),
    session: () => runPython("soak.py", "--minutes", String(minutes)),
  };
  const names = Object.keys(parts);
  const faults = [];
  for (const name of values.only === undefined ? names : knownOnly("--only", values.only, names)) {
    log(`\n${name}`);
    const began = performance.now();
    const { faults: found } = await parts[name]();
    faults.push(...found.map((fault) => `${name}: ${fault}`));
    log(`${name}: ${found.length} faults, ${Math.round((performance.now() - began) / 1000)} s`);
  }
  for (const fault of faults) log(`FAULT: ${fault}`);
  process.exitCode = Number(faults.length > 0);
}

function runPython(name, ...args) {
  const script = fileURLToPath(new URL(`kernel/${name}`, import.meta.url));
  const child = spawn(python, [script, "--kernel", kernels.isoflop.command, ...args], { stdio: "inherit" });
  return new Promise((resolve) =>
    child.once("exit", (code, signal) =>
      resolve({ faults: code === 0 ? [] : [`${name} ended with ${code ?? signal}; it says why above`] }),
    ),
  );
}
