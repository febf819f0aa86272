import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkStructure, mostFiles } from "../structure/checkStructure.js";
import { packages } from "../structure/rooms.js";
import { roomsTable } from "../structure/roomsTable.js";

const here = fileURLToPath(new URL("../..", import.meta.url));

test("the sources keep to the plan", () => {
  const { faults, modules } = checkStructure(here, packages);
  expect(faults).toEqual([]);
  expect(modules).toBeGreaterThan(300);
});

test("CONTRIBUTING shows the plan as it is", () => {
  const shows = readFileSync(join(here, "CONTRIBUTING.md"), "utf8").includes(roomsTable(packages));
  expect(shows, "the table of rooms is stale: npm run docs writes it anew").toBe(true);
});

describe("a copy of the helpers with", () => {
  let root: string;
  const plan = packages.filter(({ name }) => name === "isoflop");
  const plant = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const append = (path: string, text: string) =>
    plant(path, `${readFileSync(join(root, path), "utf8")}\n${text}`);
  const faults = () => checkStructure(root, plan).faults.join("\n");

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "structure-"));
    cpSync(join(here, "helpers/src"), join(root, "helpers/src"), { recursive: true });
    cpSync(join(here, "helpers/package.json"), join(root, "helpers/package.json"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("nothing changed is in order", () => {
    expect(faults()).toBe("");
  });

  test.each([
    [
      "a value",
      'import { chinchilla } from "../laws/chinchilla/chinchilla.ts";\nexport const x = chinchilla;',
    ],
    ["a type", 'import type { Law } from "../laws/definition/Law.ts";\nexport type X = Law;'],
    ["a re-export", 'export { chinchilla } from "../laws/chinchilla/chinchilla.ts";'],
    ["a dynamic import", 'export const x = () => import("../laws/chinchilla/chinchilla.ts");'],
    ["a type query", 'export type X = import("../laws/definition/Law.ts").Law;'],
    ["a template", "export const x = () => import(`../laws/chinchilla/chinchilla.ts`);"],
    ["a cast", 'export const x = () => import("../laws/chinchilla/chinchilla.ts" as string);'],
    ["a worker", 'export const x = new URL("../laws/chinchilla/chinchilla.js", import.meta.url);'],
    ["an augmentation", 'declare module "../laws/definition/Law.ts" { interface X {} }\nexport {};'],
  ])("an upward arrow for %s is caught", (_, text) => {
    plant("helpers/src/numerics/planted.ts", text);
    expect(faults()).toMatch(
      /numerics\/planted\.ts imports laws\/.*: an upward arrow, numerics stands below/,
    );
  });

  test.each([
    [
      "a computed import",
      'const at = ["a", "b"].join("");\nexport const x = () => import(at);',
      /hides what it imports/,
    ],
    ["a sum", 'export const x = () => import("node:" + "fs");', /hides what it imports/],
    ["a computed require", "export const x = (at: string) => module.require(at);", /hides what it imports/],
    ["a reference", '/// <reference path="../fit/fit.ts" />\nexport const x = 1;', /hides what it imports/],
    [
      "a built-in by template",
      "export const x = () => import(`node:fs`);",
      /imports node:fs, which a browser/,
    ],
    ["Buffer", 'export const x = Buffer.from("x");', /uses Buffer, which a browser has not/],
    ["process", 'export const x = process.getBuiltinModule("node:fs");', /uses process, which a browser/],
    [
      "an optional peer",
      'import { parse } from "mathjs";\nexport const x = parse;',
      /not everybody installs/,
    ],
  ])("%s in a room is caught", (_, text, message) => {
    plant("helpers/src/numerics/planted.ts", text);
    expect(faults()).toMatch(message);
  });

  test.each([
    ["numerics/planted.js", /planted\.js is no \.ts module/],
    ["numerics/planted.d.ts", /planted\.d\.ts is no \.ts module/],
    ["numerics/planted.mts", /planted\.mts is no \.ts module/],
    ["planted.ts", /planted\.ts stands in no room/],
    ["numerics/utils.ts", /says nothing/],
    ["numerics/mean.test.ts", /is a test/],
  ])("a file %s is caught", (path, message) => {
    plant(`helpers/src/${path}`, "export const x = 1;");
    expect(faults()).toMatch(message);
  });

  test("a package without a plan is caught", () => {
    plant("plots/src/plot.ts", "export const x = 1;");
    expect(faults()).toMatch(/plots\/src has no plan/);
  });

  test("browser code is judged with all that it imports", () => {
    const kernel = packages.filter(({ name }) => name === "isoflop-kernel");
    cpSync(join(here, "kernel/src"), join(root, "kernel/src"), { recursive: true });
    cpSync(join(here, "kernel/package.json"), join(root, "kernel/package.json"));
    rmSync(join(root, "helpers"), { recursive: true });
    expect(checkStructure(root, kernel).faults).toEqual([]);
    plant("kernel/src/typescript/planted.ts", 'export { readFileSync } from "node:fs";');
    append("kernel/src/browser/page.ts", 'export { readFileSync } from "../typescript/planted.ts";');
    expect(checkStructure(root, kernel).faults.join("\n")).toMatch(
      /typescript\/planted\.ts imports node:fs, which a browser has not, and browser\/page\.ts imports it/,
    );
  });

  test("a circle of types inside a room is caught", () => {
    plant("helpers/src/cost/one.ts", 'import type { Two } from "./two.ts";\nexport type One = Two | 1;');
    plant("helpers/src/cost/two.ts", 'import type { One } from "./one.ts";\nexport type Two = One | 2;');
    expect(faults()).toContain("in a circle; cut it at its root: cost/one.ts, cost/two.ts");
  });

  test("a circle through three rooms' worth of files is caught whole", () => {
    for (const [name, next] of ["ab", "bc", "ca"])
      plant(`helpers/src/plan/${name}.ts`, `export * from "./${next}.ts";`);
    expect(faults()).toContain("plan/a.ts, plan/b.ts, plan/c.ts");
  });

  test("a module that imports itself is caught", () => {
    plant("helpers/src/plan/self.ts", 'import "./self.ts";');
    expect(faults()).toContain("cut it at its root: plan/self.ts");
  });

  test.each(["node:fs", "fs", "node:worker_threads"])("%s in browser code is caught", (name) => {
    plant("helpers/src/cost/file.ts", `import * as x from "${name}";\nexport const y = x;`);
    expect(faults()).toContain(`cost/file.ts imports ${name}, which a browser has not`);
  });

  test.each(["isoflop-kernel/runner", "isoflop-datasets"])("%s in the helpers is caught", (name) => {
    plant("helpers/src/cost/other.ts", `import * as x from "${name}";\nexport const y = x;`);
    expect(faults()).toContain(`imports ${name}; isoflop may import nothing of ours`);
  });

  test.each(["../../../notebooks/x.ts", "../../../bench/fit.js", "./missing.ts"])("%s is caught", (name) => {
    plant("helpers/src/cost/other.ts", `export * from "${name}";`);
    expect(faults()).toContain("which is no module of helpers/src");
  });

  test("a package that is not declared is caught", () => {
    plant("helpers/src/cost/other.ts", 'import "left-pad";\nimport "@scope/name/part";');
    expect(faults()).toContain("imports left-pad, which isoflop does not declare");
    expect(faults()).toContain("imports @scope/name/part, which isoflop does not declare");
  });

  test("a room that stands apart is not imported", () => {
    plant("helpers/src/widgets/law.ts", 'export { defineLaw } from "../formula/defineLaw.ts";');
    expect(faults()).toContain("formula stands apart: nothing imports it");
  });

  test("an index that does more than re-export, or shows another room's file, is caught", () => {
    append("helpers/src/cost/index.ts", "export const planted = 1;");
    append("helpers/src/claims/index.ts", 'export * from "../format/index.ts";');
    expect(faults()).toContain("cost/index.ts must only re-export");
    expect(faults()).toContain("claims/index.ts re-exports format/index.ts, which stands outside its room");
  });

  test("an index that no index above it shows is caught", () => {
    plant("helpers/src/cost/planted/index.ts", 'export * from "./x.ts";');
    plant("helpers/src/cost/planted/x.ts", "export const x = 1;");
    expect(faults()).toContain("cost/planted/index.ts is shown by no index above it; re-export it there");
  });

  test("an upward arrow to an index is told as what it is", () => {
    plant("helpers/src/numerics/x.ts", 'export type { Fit } from "../fit/index.ts";');
    expect(faults()).toContain("numerics/x.ts imports fit/index.ts: an upward arrow");
  });

  test("an index is not imported by a file", () => {
    plant(
      "helpers/src/plan/x.ts",
      'import { countParams } from "../cost/index.ts";\nexport const x = countParams;',
    );
    expect(faults()).toContain("import the file that declares the name");
  });

  test("a crowded folder, a folder outside the plan and an empty room are caught", () => {
    for (let k = 0; k <= mostFiles; k++) plant(`helpers/src/cost/f${k}.ts`, "export const x = 1;");
    plant("helpers/src/attic/x.ts", "export const x = 1;");
    rmSync(join(root, "helpers/src/danfo"), { recursive: true });
    expect(faults()).toMatch(/cost holds \d+ files, at most 20/);
    expect(faults()).toContain("attic/x.ts stands in no room");
    expect(faults()).toContain("danfo is a room of the plan without a file");
  });

  test("a run that sees no module fails", () => {
    rmSync(join(root, "helpers/src"), { recursive: true });
    expect(faults()).toContain("helpers/src has no module");
  });
});
