// What it costs a program to import the helpers: each sample is a cold process that times the import alone.
import { execFileSync } from "node:child_process";

const samples = 15;

export function main() {
  const modules = ["isoflop", "isoflop-datasets", "simple-statistics", "mathjs"];
  console.log(`median of ${samples} cold processes, Node ${process.version}`);
  for (const name of modules) {
    const program = `const start = performance.now(); await import("${name}"); console.log(performance.now() - start);`;
    const times = Array.from({ length: samples }, () =>
      Number(execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" })),
    ).sort((a, b) => a - b);
    console.log(`${name.padEnd(20)} ${times[samples >> 1].toFixed(1).padStart(7)} ms`);
  }
}
