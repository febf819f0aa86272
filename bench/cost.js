// npm run bench -- cost [NAME ...]: every bar of the cost helpers, what was reached, and how it was held out. NAME is one of
// memory, memoryMeasured, models, order, peers, runs, search, time; without a name all of them, in about a minute and a half.
import { cpus } from "node:os";

const parts = ["memory", "memoryMeasured", "models", "peers", "search", "order", "runs", "time"];

export async function main(names) {
  for (const name of names) {
    if (!parts.includes(name)) {
      throw new RangeError(`no part "${name}" of the cost bench; there are ${parts.join(", ")}`);
    }
  }
  const [cpu] = cpus();
  console.log(`${cpus().length} x ${cpu?.model ?? "unknown processor"}, Node ${process.version}`);
  const asked = names.length > 0 ? names : parts;
  let missed = 0;
  for (const [i, name] of asked.entries()) {
    process.stderr.write(`${i + 1} of ${asked.length}: ${name}\n`);
    const { rows } = await import(`./cost/${name}.js`);
    for (const { bar, wanted, got, held, howHeldOut } of await rows()) {
      if (held === false) missed++;
      const mark = held === null || held === undefined ? "shown " : held ? "held  " : "MISSED";
      console.log(`${mark} ${bar}\n       wanted ${wanted}; got ${got}\n       ${howHeldOut}`);
    }
  }
  console.log(missed === 0 ? "every bar held" : `${missed} missed`);
}
