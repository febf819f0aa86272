import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bundlers, quiet, root, userFolder } from "./packed.ts";
import { expectRecorded } from "./recorded.ts";

const { folder, remove } = userFolder("program");
const bun = join(bundlers, "node_modules/.bin/bun");
const deno = join(root, "bench/peers/node_modules/.bin/deno");
afterAll(remove);

function numbers(command: string, ...args: string[]): Record<string, number> {
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(folder, "deno"), NO_COLOR: "1" };
  return JSON.parse(execFileSync(command, args, { ...quiet, cwd: folder, env }));
}

test.each(["core", "formula"] as const)("Bun runs %s and finds the recorded numbers", (program) => {
  expectRecorded(numbers(bun, `${program}.server.mjs`), program);
});

test.each(["core", "formula"] as const)("Deno runs %s, may it only read, or do all", (program) => {
  expectRecorded(numbers(deno, "run", "--no-prompt", "--allow-read", `${program}.server.mjs`), program);
  expectRecorded(numbers(deno, "run", "--no-prompt", "--allow-all", `${program}.server.mjs`), program);
});

test.each(["bun", "browser"])("Bun bundles for %s with tables and formulas", (target) => {
  for (const program of ["core", "formula"] as const) {
    const file = join(folder, `${program}-${target}.mjs`);
    const args = ["build", `${program}.server.mjs`, "--target", target, "--outfile", file];
    const { stderr, status } = spawnSync(bun, args, { ...quiet, cwd: folder });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expectRecorded(numbers(target === "bun" ? bun : process.execPath, file), program);
  }
});

test("Bun bundles for Node with tables where it is told the condition, else the file says so", () => {
  const build = (...more: string[]) => {
    const args = ["build", "core.server.mjs", "--target", "node", "--outfile", "for-node.mjs", ...more];
    execFileSync(bun, args, { ...quiet, cwd: folder });
  };
  build("--conditions", "module");
  expectRecorded(numbers(process.execPath, "for-node.mjs"), "core");
  build();
  const { stderr } = spawnSync(process.execPath, ["for-node.mjs"], { ...quiet, cwd: folder });
  expect(stderr).toContain(
    'a bundle for Node has the tables in it when it is built with the condition "module"',
  );
});

test("require() gives the same as import, of the formulas too", () => {
  const program = `
    const { chinchilla, fit, huber } = require("isoflop");
    const { defineLaw } = require("isoflop/formula");
    const { fromDanfo } = require("isoflop/danfo");
    const { chinchillaFigure4 } = require("isoflop-datasets");
    const { readCsv } = require("isoflop-datasets/csv");
    const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
    const law = defineLaw("loss = E + A / nParams^alpha + B / nTokens^beta");
    const { objective } = fit(law, runs, { loss: huber(1e-3) });
    fromDanfo({ columns: [], values: [] });
    console.log(JSON.stringify({ runs: runs.length, objective, cells: readCsv("a\\n1\\n").rows.length }));
    fit(chinchilla, runs).bootstrap({ resamples: 4, threads: 2 });`;
  writeFileSync(join(folder, "use.cjs"), program);
  expectRecorded(numbers(process.execPath, "use.cjs"), "formula");
});

test("a program under Node's permission model, which forbids threads, gets the same numbers from one", () => {
  const free = numbers(process.execPath, "core.server.mjs");
  const bound = numbers(
    process.execPath,
    "--no-warnings",
    process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission",
    "--allow-fs-read=*",
    "core.server.mjs",
  );
  expect(bound).toEqual(free);
});

test("importing the tables reads none, and a loader reads its own", () => {
  const program = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const read = [];
    const { readFileSync } = fs;
    fs.readFileSync = (path, ...rest) => {
      if (String(path).endsWith(".csv")) read.push(String(path).split("/").at(-1));
      return readFileSync(path, ...rest);
    };
    syncBuiltinESMExports();
    const { hoffmannTable2 } = await import("isoflop-datasets");
    const before = read.length;
    hoffmannTable2();
    hoffmannTable2();
    console.log(JSON.stringify({ before, read }));`;
  writeFileSync(join(folder, "reads.mjs"), program);
  expect(numbers(process.execPath, "reads.mjs")).toEqual({ before: 0, read: ["hoffmann_table2.csv"] });
});
