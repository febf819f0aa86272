// What it costs a program to import the helpers: each sample is a cold process that measures the import alone.
// Processor time stands beside the wall clock, because only it means something on a busy machine.
import { execFileSync } from "node:child_process";

const samples = 15;

export function main() {
  console.log(`median of ${samples} cold processes, Node ${process.version}: processor time, wall clock`);
  for (const name of ["isoflop", "isoflop-datasets", "simple-statistics", "mathjs"]) {
    const program = `
      const [used, start] = [process.cpuUsage(), performance.now()];
      await import("${name}");
      const { user, system } = process.cpuUsage(used);
      console.log(JSON.stringify([(user + system) / 1000, performance.now() - start]));`;
    const times = Array.from({ length: samples }, () =>
      JSON.parse(
        execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }),
      ),
    );
    const median = (column) => times.map((row) => row[column]).sort((a, b) => a - b)[samples >> 1];
    const figures = [0, 1].map((column) => `${median(column).toFixed(1).padStart(8)} ms`);
    console.log(`${name.padEnd(20)}${figures.join("")}`);
  }
}
