// npm runs this in a package before it packs or publishes it, so that what is shipped is what the sources say: built
// where nothing is built, and without the modules of sources that are gone. What is up to date is not written again, so
// three packages are built once and a running test keeps its files.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./packages.js";

const typescript = join(root, "node_modules/typescript/bin/tsc");
if (!existsSync(typescript)) {
  console.error(`packing builds the package, and the compiler is not installed: run npm ci in ${root}`);
  process.exit(1);
}
// What it prints goes to stderr: the output of `npm pack --json` is for programs.
const run = (...command) => execFileSync(process.execPath, command, { cwd: root, stdio: ["ignore", 2, 2] });
run(typescript, "-b");
run(join(root, "scripts/bundle.js"));

const dist = join(process.cwd(), "dist");
const source = join(process.cwd(), "src");
for (const name of readdirSync(dist, { recursive: true })) {
  // A bundle has no source of its own; scripts/bundle.js clears away what it no longer makes.
  if (
    /^(bundle|browser|withTables|(session|server|cli)[\\/]program|session[\\/]realm)\b/.test(name) ||
    !/\.(js|d\.ts)$/.test(name)
  )
    continue;
  if (existsSync(join(source, name.replace(/(\.d\.ts|\.js)$/, ".ts")))) continue;
  rmSync(join(dist, name));
  console.error(`removed dist/${name}, whose source is gone`);
}
