import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { docExamples, pageExamples } from "./extractExamples.ts";
import { type Modules, matches, runExample } from "./runExample.ts";

const root = new URL("../../../", import.meta.url);
const path = (relative: string) => fileURLToPath(new URL(relative, root));
const modules: Modules = {
  isoflop: () => import("isoflop"),
  "isoflop/formula": () => import("isoflop/formula"),
  "isoflop/danfo": () => import("isoflop/danfo"),
  "isoflop-datasets": () => import("isoflop-datasets"),
  "isoflop-kernel/runner": () => import("../../../kernel/src/notebook/index.ts"),
  "isoflop-kernel/report": () => import("../../../kernel/src/report/index.ts"),
  "isoflop-datasets/csv": () => import("isoflop-datasets/csv"),
};

const pages = existsSync(path("docs"))
  ? ["", "cost/", "serving/"].flatMap((folder) =>
      readdirSync(path(`docs/${folder}`)).flatMap((name) => (name.endsWith(".md") ? [folder + name] : [])),
    )
  : [];

describe.each([
  ["doc comments of isoflop", docExamples(path("helpers/src"), "helpers/src")],
  ["doc comments of isoflop-datasets", docExamples(path("datasets/src"), "datasets/src")],
  ["doc comments of isoflop-kernel", docExamples(path("kernel/src"), "kernel/src")],
  ["pages of docs/", pages.flatMap((name) => pageExamples(path(`docs/${name}`), `docs/${name}`))],
])("examples in %s give the values they say", (_, examples) => {
  test.each(examples)("$place", async ({ code }) => {
    const checked = await runExample(code, modules);
    for (const { code: expression, expected, actual } of checked) {
      expect(
        matches(actual, expected),
        `${expression} is said to be ${expected}, and is ${show(actual)}`,
      ).toBe(true);
    }
    expect(checked.length, "an example states at least one value with // =>").toBeGreaterThan(0);
  });
});

const show = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));

test("an example that throws fails, and one that says what is not so is told apart", async () => {
  const from = 'import { positive } from "isoflop-datasets";\n';
  await expect(runExample(`${from}positive("n").read.nothing(); // => 1`, modules)).rejects.toThrow(
    TypeError,
  );
  const checked = await runExample(
    `${from}positive("n").read("2"); // => 1\npositive("n").read("2"); // => 2`,
    modules,
  );
  expect(checked.map(({ actual, expected }) => matches(actual, expected))).toEqual([false, true]);
});

test.each([
  [0.34731, "0.3473", true],
  [0.34736, "0.3473", false],
  [84.004, "84.00", true],
  [84.006, "84.00", false],
  [2.0e11, "2.0e11", true],
  [2.1e11, "2.0e11", false],
  [3, "3", true],
  [3.1, "3", false],
  ["70B", '"70B"', true],
  [[1, 2], "[1, 2]", true],
  [[1, 2, 3], "[1, 2]", false],
  [{ a: 1, b: 2 }, "{ a: 1 }", true],
  [Number.NaN, "0.1", false],
  [undefined, "null", false],
])("the value %j is taken for %s: %s", (actual, expected, same) => {
  expect(matches(actual, expected)).toBe(same);
});
