// `isoflop fit` of a table of a million rows, from the start of the program to its last line, in every format that it reads.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";

const isoflop = fileURLToPath(new URL("../../kernel/bin/isoflop.js", import.meta.url));
/** Says at its end what the program cost: the most memory that it held (KiB), and the time of all its threads (microseconds). */
const tellsCost =
  "data:text/javascript,process.on('exit',()=>{const{maxRSS,userCPUTime,systemCPUTime}=process.resourceUsage();" +
  "process.stderr.write('cost '+maxRSS+' '+(userCPUTime+systemCPUTime))})";

const count = 1_000_000;
const rounds = 5;
/** Of the CSV, in seconds by the clock. */
const target = 2;

/** Rows for the bench: the time by the clock, its range, and how much others had the machine work meanwhile. */
export function* millionRows() {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-rows-"));
  try {
    for (const [format, content] of tables()) {
      const path = join(folder, `runs.${format}`);
      writeFileSync(path, content);
      yield timed(path, format);
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timed(path, format) {
  const before = loadavg()[0];
  const runs = Array.from({ length: rounds }, () => {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ["--import", tellsCost, isoflop, "fit", path], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`isoflop fit of a million rows (.${format}) failed: ${stderr}`);
    const [peak, work] = /cost (\d+) (\d+)/.exec(stderr).slice(1).map(Number);
    return { seconds: (performance.now() - started) / 1000, peak, work: work / 1e6 };
  });
  const times = runs.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const median = times[Math.floor(rounds / 2)];
  const peak = Math.max(...runs.map(({ peak }) => peak)) / 1024;
  const work = runs.map(({ work }) => work).sort((a, b) => a - b)[Math.floor(rounds / 2)];
  return {
    what: `isoflop fit of a million rows, .${format}, by the clock`,
    median,
    low: times[0],
    high: times[rounds - 1],
    n: rounds,
    unit: "s",
    ...(format === "csv" && { target: { met: median <= target, text: `at most ${target} s` } }),
    note: `${work.toFixed(2)} s of CPU time, peak ${peak.toFixed(0)} MiB; load of the machine ${before.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after`,
  };
}

/** Chinchilla's law with 1 % of noise, in three columns, written in each way. */
function* tables() {
  const columns = { nParams: [], nTokens: [], loss: [] };
  for (let k = 0; k < count; k++) {
    const nParams = Number((10 ** (7.5 + 3 * random())).toPrecision(6));
    const nTokens = Number((10 ** (9 + 3 * random())).toPrecision(6));
    const loss = (1.69 + 406.4 / nParams ** 0.34 + 410.7 / nTokens ** 0.28) * Math.exp(0.01 * gauss());
    columns.nParams.push(nParams);
    columns.nTokens.push(nTokens);
    columns.loss.push(Number(loss.toFixed(6)));
  }
  const names = Object.keys(columns);
  const lines = (of) => `${Array.from({ length: count }, (_, k) => of(k)).join("\n")}\n`;
  const separated = (mark) =>
    `${names.join(mark)}\n${lines((k) => names.map((name) => columns[name][k]).join(mark))}`;
  const csv = separated(",");
  yield ["csv", csv];
  yield ["tsv", separated("\t")];
  yield ["csv.gz", gzipSync(csv)];
  yield [
    "jsonl",
    lines((k) => JSON.stringify(Object.fromEntries(names.map((name) => [name, columns[name][k]])))),
  ];
  const columnData = names.map((name) => ({ name, data: Float64Array.from(columns[name]), type: "DOUBLE" }));
  yield ["parquet", new Uint8Array(parquetWriteBuffer({ columnData }))];
}

// Numerical Recipes' generator, so that the table is the same each time.
let state = 5;
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
