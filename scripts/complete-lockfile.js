// Some registries lack the builds of a package for platforms other than their own, and npm then leaves
// those optional packages out of the lockfile, which makes `npm ci` refuse it. This puts them back, in the root
// lockfile or in the one whose path is given.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const path = resolve(process.argv[2] ?? fileURLToPath(new URL("../package-lock.json", import.meta.url)));
const lock = JSON.parse(readFileSync(path, "utf8"));
const added = [];
for (const entry of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] || !/^\d/.test(version)) continue;
    const [os, cpu] = name
      .slice(name.lastIndexOf("/") + 1)
      .replace(/^(cli|binding)-/, "")
      .split("-");
    const libc = name.endsWith("-musl") ? { libc: ["musl"] } : {};
    lock.packages[key] = { version, cpu: [cpu], dev: entry.dev, ...libc, optional: true, os: [os] };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
const temporary = `${path}.new`;
writeFileSync(temporary, `${JSON.stringify(lock, null, 2)}\n`);
renameSync(temporary, path);
console.log(added.length ? `added ${added.join(", ")}` : "the lockfile is complete");
