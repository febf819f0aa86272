// npm leaves two gaps in a lockfile, and fills neither later: builds for other platforms that the registry did not have
// on that day (`npm ci` then refuses there), and entries without the hash that `npm ci` checks a download against.
// This fills both, asking the registry that npm is set to use. Hosts stay out of the lockfile.
import { execFile } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where the lockfiles lie, from the root: the workspaces', and those of the folders in which tests install what they try. */
export const lockfiles = [
  "package-lock.json",
  "bench/peers/package-lock.json",
  "kernel/test/packages/bundlers/package-lock.json",
  "kernel/test/frontends/lab/package-lock.json",
];

/**
 * What a lockfile lacks: `absent` names the packages for other platforms, and what those need, that have no entry, each
 * with the place it belongs to; `unhashed` the places of entries that are downloaded and have no hash.
 */
export function lacksOf(lock) {
  const absent = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    const needed = { ...(entry.optional ? entry.dependencies : {}), ...entry.optionalDependencies };
    for (const [name, range] of Object.entries(needed)) {
      if (placesFrom(place, name).some((found) => lock.packages[found])) continue;
      absent.push({ place: `node_modules/${name}`, specifier: `${name}@${range}`, dev: entry.dev });
    }
  }
  const unhashed = Object.entries(lock.packages)
    .filter(([place, { link, integrity }]) => place.includes("node_modules/") && !link && !integrity)
    .map(([place, { version }]) => ({ place, specifier: `${nameOf(place)}@${version}` }));
  return { absent, unhashed };
}

const nameOf = (place) => place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);

/** The places in which Node looks for a package, nearest first. */
function placesFrom(place, name) {
  const parent = place.lastIndexOf("/node_modules/");
  const own = `${place ? `${place}/` : ""}node_modules/${name}`;
  return place === "" ? [own] : [own, ...placesFrom(parent < 0 ? "" : place.slice(0, parent), name)];
}

const fields =
  "version os cpu libc engines license bin funding dependencies optionalDependencies peerDependencies peerDependenciesMeta";

/** An entry as the registry describes it, of the newest version where a range asks for several. */
async function describe(specifier) {
  // `npm run` says which npm it is; by that name it starts on Windows too.
  const npm = process.env.npm_execpath;
  const [command, before] = npm ? [process.execPath, [npm]] : ["npm", []];
  const asked = ["view", "--json", specifier, "dist.integrity", ...fields.split(" ")];
  const { stdout } = await promisify(execFile)(command, [...before, ...asked], { cwd: root });
  const { "dist.integrity": integrity, ...found } = [JSON.parse(stdout)].flat().at(-1);
  if (!integrity) throw new Error(`the registry has no hash of ${specifier}; let npm ask one that has`);
  for (const list of ["os", "cpu", "libc"]) if (found[list]) found[list] = [found[list]].flat();
  return { ...found, integrity };
}

/** An entry in npm's order, so that npm finds nothing to rewrite: version and hash, plain values by name, objects. */
function inOrder(entry) {
  const isObject = (value) => typeof value === "object" && !Array.isArray(value);
  const first = ["version", "integrity"];
  const rank = ([name, value]) => {
    const floor = first.includes(name) ? first.indexOf(name) : isObject(value) ? 3 : 2;
    return `${name === "dependencies" ? 2.5 : floor} ${name}`;
  };
  const sorted = Object.entries(entry).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, value]) => [name, isObject(value) ? inOrder(value) : value]));
}

async function complete(path) {
  const lock = JSON.parse(readFileSync(path, "utf8"));
  const done = [];
  // What is added may need something that is absent too.
  for (let lacks = lacksOf(lock); lacks.absent.length + lacks.unhashed.length > 0; lacks = lacksOf(lock)) {
    for (const { place, specifier, dev } of [...lacks.absent, ...lacks.unhashed]) {
      const known = lock.packages[place] ?? { dev, optional: true };
      lock.packages[place] = inOrder({ ...(await describe(specifier)), ...known });
      done.push(specifier);
    }
  }
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")),
  );
  writeFileSync(`${path}.new`, `${JSON.stringify(lock, null, 2)}\n`);
  renameSync(`${path}.new`, path);
  return done;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : lockfiles) {
    const done = await complete(resolve(root, name));
    console.log(`${name}: ${done.length ? `completed ${done.join(", ")}` : "complete"}`);
  }
}
