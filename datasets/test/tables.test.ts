import { readdirSync, readFileSync } from "node:fs";
import * as datasets from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const folder = new URL("../tables/", import.meta.url);
const files = readdirSync(folder);
const namesOf = (ending: string) =>
  files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

test("every table has a datasheet and every datasheet a table", () => {
  expect(namesOf(".md").sort()).toEqual(namesOf(".csv").sort());
});

describe.each(namesOf(".csv"))("%s", (name) => {
  const load = (datasets as Record<string, unknown>)[camelCase(name)] as () => readonly object[];

  const sheet = readFileSync(new URL(`${name}.md`, folder), "utf8");

  test("has a loader of the same name that reads as many rows as the datasheet says", () => {
    expect(load).toBeTypeOf("function");
    expect(load()).toHaveLength(Number(/^\*\*Rows\.\*\* (\d+)\.$/m.exec(sheet)?.[1]));
  });

  test("gives the same frozen rows on every call", () => {
    const rows = load();
    expect(load()).toBe(rows);
    expect(Object.isFrozen(rows) && rows.every(Object.isFrozen)).toBe(true);
  });

  test("has a datasheet that names every column, the source, the licence and the cautions", () => {
    const [header = ""] = readFileSync(new URL(`${name}.csv`, folder), "utf8").split(/\r?\n/);
    for (const column of header.split(",")) expect(sheet).toContain(`\`${column}\``);
    for (const part of ["**Source.**", "**Licence.**", "**Dropped", "**Cautions.**"]) {
      expect(sheet).toContain(part);
    }
  });
});

test("the outliers of figure 4 are its five largest losses, and its tokens are flops / 6 N", () => {
  const runs = datasets.chinchillaFigure4();
  const worst = [...runs].sort((p, q) => q.loss - p.loss).slice(0, 5);
  expect(runs.filter((run) => run.isOutlier)).toHaveLength(5);
  expect(worst.every((run) => run.isOutlier)).toBe(true);
  for (const run of runs) expect(run.nTokens / (run.flops / (6 * run.nParams))).toBeCloseTo(1, 12);
});
