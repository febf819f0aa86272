// npm run bench -- kernel [--rounds N] [--kernels isoflop,deno] [--json FILE]
// Speed and memory of the kernel beside ipykernel, Deno and tslab, in one run: in each round every kernel is
// measured once, so that a busy moment of the machine touches all of them; the table shows medians over rounds.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { knownOnly, wholeNumber } from "./kernel/options.js";
import { installPeers, kernels, python } from "./kernel/peers.js";
import { table } from "./kernel/table.js";

export async function main(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: "string", default: "3" },
      kernels: { type: "string", default: "isoflop,ipykernel,deno,tslab" },
      json: { type: "string" },
    },
  });
  const rounds = wholeNumber("--rounds", values.rounds);
  const chosen = knownOnly("--kernels", values.kernels, Object.keys(kernels));
  if (chosen.some((name) => name === "deno" || name === "tslab")) installPeers();
  const folder = notebookFolder();
  const samples = Object.fromEntries(chosen.map((name) => [name, {}]));
  try {
    for (let round = 1; round <= rounds; round++) {
      for (const name of chosen) {
        console.error(`round ${round} of ${rounds}: ${name} …`);
        const figures = await measure(kernels[name], folder).catch((error) => {
          console.error(
            `${name} was not measured in this round: ${String(error.stderr || error.message).trim()}`,
          );
          return {};
        });
        for (const [figure, values] of Object.entries(figures)) {
          samples[name][figure] = [...(samples[name][figure] ?? []), ...values];
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { lines, missed, unmeasured } = table(samples);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const load = loadavg()[0].toFixed(1);
  const notes = `medians (lowest–highest) over ${rounds} rounds; ${machine}; load ${load} at the end`;
  console.log([notes, "", ...lines].join("\n"));
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ notes, samples }, null, 2)}\n`);
  const verdicts = [
    missed.length > 0 ? `not met: ${missed.join(", ")}` : "every bar that was measured is met",
    ...(unmeasured.length > 0 ? [`not measured: ${unmeasured.join(", ")}`] : []),
  ];
  console.log(`\n${verdicts.join("; ")}`);
}

async function measure({ command, dialect }, folder) {
  const script = fileURLToPath(new URL("kernel/measure.py", import.meta.url));
  const args = [script, "--kernel", command, "--dialect", dialect, "--folder", folder];
  const { stdout, stderr } = await promisify(execFile)(python, args, { maxBuffer: 1e8 });
  if (stderr) console.error(stderr.trim());
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** An npm project with mathjs and Node's types (tslab has none of its own), as a person's folder would be. */
function notebookFolder() {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-bench-"));
  mkdirSync(join(folder, "node_modules"));
  for (const name of ["mathjs", "@types"]) {
    const source = fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));
    symlinkSync(source, join(folder, "node_modules", name));
  }
  writeFileSync(join(folder, "package.json"), '{ "name": "bench", "private": true }\n');
  return folder;
}
