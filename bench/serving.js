// npm run bench -- serving [NAME ...]: every bar of the serving helpers, what was reached, and how it was held out. Without a name
// all parts; those that calibrate without each group in turn (accuracy, intervals) take minutes.

import { readdirSync } from "node:fs";
import { cpus } from "node:os";

const notParts = new Set(["calibrationTruth", "leftOut", "runtimeDesigns", "runtimeOutliers"]);
const parts = readdirSync(new URL("./serving/", import.meta.url))
  .filter((file) => file.endsWith(".js") && !notParts.has(file.slice(0, -3)))
  .map((file) => file.slice(0, -3))
  .sort();

export async function main(names) {
  for (const name of names) {
    if (!parts.includes(name)) {
      throw new RangeError(`no part "${name}" of the serving bench; there are ${parts.join(", ")}`);
    }
  }
  const [cpu] = cpus();
  console.log(`${cpus().length} x ${cpu?.model ?? "unknown processor"}, Node ${process.version}`);
  const asked = names.length > 0 ? names : parts;
  let missed = 0;
  for (const [i, name] of asked.entries()) {
    process.stderr.write(`${i + 1} of ${asked.length}: ${name}\n`);
    const { rows } = await import(`./serving/${name}.js`);
    for (const { bar, wanted, got, held, howHeldOut } of await rows()) {
      if (held === false) missed++;
      const mark = held === null || held === undefined ? "shown " : held ? "held  " : "MISSED";
      console.log(`${mark} ${bar}\n       wanted ${wanted}; got ${got}\n       ${howHeldOut}`);
    }
  }
  console.log(missed === 0 ? "every bar held" : `${missed} missed`);
}
