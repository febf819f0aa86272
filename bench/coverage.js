// npm run bench -- coverage [--sets 1000] [--cells TEXT] [--seed 1] [--resamples 299] [--threads 2] [--methods delta,profile,bootstrap]
// [--state FILE] [--json] [--write]
// How often 95 % intervals hold the truth: simulated sweeps of Chinchilla's law, for every number of runs, noise, loss,
// quantity and method. What is counted is kept in FILE (reports/coverage.jsonl), and a later run goes on from there; with
// --sets 0 it only shows what is there. --cells takes the cells whose names hold TEXT, such as "20|0.02". --write puts the
// tables into docs/coverage.md, --json prints the counts. A thousand sets take about two hours on two threads.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { cells } from "./coverage/cells.js";
import { methods } from "./coverage/methods.js";
import { page, summary } from "./coverage/table.js";

const chunk = 20;
const options = {
  sets: { type: "string", default: "1000" },
  cells: { type: "string", default: "" },
  seed: { type: "string", default: "1" },
  resamples: { type: "string", default: "299" },
  threads: { type: "string", default: "2" },
  methods: { type: "string", default: "delta,profile,bootstrap" },
  state: { type: "string", default: "reports/coverage.jsonl" },
  json: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
};

export async function main(args) {
  const { values } = parseArgs({ args, options });
  const whole = (name, least) => {
    const value = Number(values[name]);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new RangeError(`--${name} must be a whole number >= ${least}, got ${values[name]}`);
  };
  const [sets, seed, resamples, threads] = [
    whole("sets", 0),
    whole("seed", 0),
    whole("resamples", 50),
    whole("threads", 1),
  ];
  const groups = values.methods.split(",");
  const unknown = groups.find((group) => !Object.hasOwn(methods, group));
  if (unknown !== undefined) {
    throw new RangeError(`--methods must be of ${Object.keys(methods).join(",")}, got ${unknown}`);
  }
  const wanted = cells.filter(({ key }) => key.includes(values.cells));
  if (wanted.length === 0)
    throw new RangeError(`--cells must be part of a name such as ${cells[0].key}, got ${values.cells}`);
  mkdirSync(dirname(values.state), { recursive: true });
  const kept = readState(values.state, { seed, resamples });
  const nameOf = ({ key, group, from }) => `${group}#${key}#${from}`;
  const done = new Set(kept.map(nameOf));
  // The quick methods first, and round by round over all cells, so that a study that is stopped has seen all of them.
  const open = [];
  for (const group of groups) {
    for (let from = 0; from < sets; from += chunk) {
      for (const { key } of wanted) {
        const one = { key, group, from, to: from + chunk };
        if (!done.has(nameOf(one))) open.push(one);
      }
    }
  }
  await countAll(open, threads, { seed, resamples }, (found) => {
    kept.push(found);
    appendFileSync(values.state, `${JSON.stringify({ seed, resamples, ...found })}\n`);
  });
  const counted = kept.filter(({ key }) => key.includes(values.cells));
  if (values.json) console.log(JSON.stringify(counted));
  else console.log(summary(counted));
  if (values.write) {
    writeFileSync(
      fileURLToPath(new URL("../docs/coverage.md", import.meta.url)),
      page(counted, { seed, resamples }),
    );
  }
}

function readState(file, { seed, resamples }) {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  // A study that was stopped may have left half a line: what follows begins on its own.
  if (text !== "" && !text.endsWith("\n")) appendFileSync(file, "\n");
  const lines = text.split("\n").filter((line) => line.endsWith("}}}"));
  return lines
    .map((line) => JSON.parse(line))
    .filter((one) => one.seed === seed && one.resamples === resamples);
}

async function countAll(open, threads, workerData, store) {
  const total = open.length;
  if (total === 0) return;
  const started = Date.now();
  let finished = 0;
  await Promise.all(
    Array.from({ length: Math.min(threads, total) }, async () => {
      const worker = new Worker(new URL("coverage/worker.js", import.meta.url), { workerData });
      try {
        for (let next = open.shift(); next; next = open.shift()) {
          const found = await new Promise((resolve, reject) => {
            worker.once("message", resolve);
            worker.once("error", reject);
            worker.postMessage(next);
          });
          store(found);
          finished++;
          const left = ((Date.now() - started) / finished) * (total - finished);
          process.stderr.write(`\r${finished} of ${total} chunks, ${(left / 60_000).toFixed(0)} min left   `);
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  process.stderr.write("\n");
}
