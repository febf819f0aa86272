// What `npm run bench -- cost` and `-- serving` share: the parts of a bench, each with bars, what was reached and how it was held out.
import { readdirSync } from "node:fs";
import { cpus } from "node:os";

/** Names of the modules of a folder beside this file, those that are no part left away. */
export const partsOf = (folder, notParts = []) =>
  readdirSync(new URL(`./${folder}/`, import.meta.url))
    .filter((file) => file.endsWith(".js"))
    .map((file) => file.slice(0, -3))
    .filter((name) => !notParts.includes(name))
    .sort();

/** Runs the parts that are named, or all, and prints each bar. */
export async function collect(folder, parts, names) {
  for (const name of names) {
    if (!parts.includes(name)) {
      throw new RangeError(`no part "${name}" of the ${folder} bench; there are ${parts.join(", ")}`);
    }
  }
  const [cpu] = cpus();
  console.log(`${cpus().length} x ${cpu?.model ?? "unknown processor"}, Node ${process.version}`);
  const asked = names.length > 0 ? names : parts;
  let missed = 0;
  for (const [i, name] of asked.entries()) {
    process.stderr.write(`${i + 1} of ${asked.length}: ${name}\n`);
    const { rows } = await import(`./${folder}/${name}.js`);
    for (const { bar, wanted, got, held, howHeldOut } of await rows()) {
      if (held === false) missed++;
      const mark = held === null || held === undefined ? "shown " : held ? "held  " : "MISSED";
      console.log(`${mark} ${bar}\n       wanted ${wanted}; got ${got}\n       ${howHeldOut}`);
    }
  }
  console.log(missed === 0 ? "every bar held" : `${missed} missed`);
}
