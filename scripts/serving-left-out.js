// Writes helpers/src/cost/engine/publishedServingLeftOut.ts: how aggregated runs of the dataset measuredServing come out when
// the calibration did not see their model, or their accelerator. Run after `npm run build` and scripts/serving-calibration.js;
// takes some minutes. Groups named on the command line are worked out alone; without one, all with ten aggregated runs or more.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { calibrateParts, estimateRecord, predictParts, publishedServing, servingHierarchy } from "isoflop";
import { publishedObservations } from "../bench/serving/leftOut.js";

const { observations } = publishedObservations();
const judged = observations.filter(({ kind, source }) => kind !== "throughput" && source.mode === "agg");

const columns = [
  ...["leftOut", "quantity", "group", "rows", "meanError", "medianError", "medianRatio"],
  ...["covered80", "covered95", "width80"],
];

/** Groups with fewer runs tell little. */
const fewestRuns = 10;

const asked = process.argv.slice(2);
const written = [];
for (const leftOut of ["model", "accelerator"]) {
  const groups = [...new Set(judged.map(({ labels }) => labels[leftOut]))].filter(
    (group) => judged.filter(({ labels }) => labels[leftOut] === group).length >= 2 * fewestRuns,
  );
  const said = { ttft: [], tpot: [] };
  for (const group of groups) {
    const name = leftOut === "model" ? nameOf(group) : group;
    if (asked.length > 0 && !asked.includes(name)) continue;
    const rest = observations.filter(({ labels }) => labels[leftOut] !== group);
    const calibration = calibrateParts(servingHierarchy, rest, {
      spreadDeviation: 0.35,
      start: publishedServing(),
    });
    for (const one of judged.filter(({ labels }) => labels[leftOut] === group)) {
      said[one.kind].push({
        group: name,
        measured: one.value,
        estimated: predictParts(calibration, one),
      });
    }
    process.stderr.write(`without ${name}\n`);
  }
  for (const [quantity, rows] of Object.entries(said)) {
    if (rows.length > 0)
      for (const record of estimateRecord(rows)) written.push({ leftOut, quantity, ...shortened(record) });
  }
}
const file = fileURLToPath(new URL("../helpers/src/cost/engine/publishedServingLeftOut.ts", import.meta.url));
writeFileSync(
  file,
  `// Written by scripts/serving-left-out.js.
import { type LeftOutRecord, readLeftOutRecords } from "./readLeftOutRecords.ts";

/**
 * How the estimates of aggregated runs of the dataset \`measuredServing\` come out when their model, or their accelerator, was
 * left out of the calibration: constants, spreads and factors of the intervals were worked out anew without each.
 *
 * @example
 * import { publishedServingLeftOut } from "isoflop";
 * publishedServingLeftOut().every(({ covered80, covered95 }) => covered80 <= covered95); // => true
 */
export const publishedServingLeftOut = (): readonly LeftOutRecord[] => readLeftOutRecords(table);

/** Columns as \`readLeftOutRecords\` names them. */
const table = \`
${written.map((one) => columns.map((name) => one[name]).join(",")).join("\n")}
\`;
`,
);

/** The name that most runs of a model go by, without its vendor. */
function nameOf(group) {
  const counts = new Map();
  for (const { labels, source } of judged) {
    if (labels.model !== group) continue;
    const name = source.model.replace(/^.*\//, "");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

function shortened(record) {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      typeof value === "number" ? Number(value.toPrecision(4)) : value,
    ]),
  );
}
