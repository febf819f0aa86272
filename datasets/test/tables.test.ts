import { readdirSync, readFileSync } from "node:fs";
import * as datasets from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { datasheetErrors, describedColumns, rowsSaid } from "./datasheet.ts";

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
  const csv = readFileSync(new URL(`${name}.csv`, folder), "utf8");

  test("has a loader of the same name that reads as many rows as the datasheet says", () => {
    expect(load, `datasets/src/index.ts exports no loader ${camelCase(name)}`).toBeTypeOf("function");
    expect(load(), `rows of ${name}.csv against **Rows.** in ${name}.md`).toHaveLength(rowsSaid(sheet)!);
  });

  test("gives the same frozen rows on every call", () => {
    const rows = load();
    expect(load()).toBe(rows);
    expect(Object.isFrozen(rows) && rows.every(Object.isFrozen)).toBe(true);
  });

  test("has a datasheet that names every column, the unit of every number, source, licence and cautions", () => {
    expect(datasheetErrors(name, csv, sheet)).toEqual([]);
  });

  test("has a datasheet that calls numbers what the loader reads as numbers", () => {
    const fields = new Set(
      load()
        .flatMap((row) => Object.entries(row))
        .flatMap(([field, value]) => (typeof value === "number" ? [field] : [])),
    );
    const numbers = describedColumns(sheet)
      .filter(({ type }) => /number/.test(type))
      .map(({ column }) => column);
    expect(numbers, `columns called numbers; the loader has ${[...fields].join(", ")}`).toHaveLength(
      fields.size,
    );
  });
});

describe("a datasheet", () => {
  const csv = "model,n_params,share,is_moe,note\na,7e9,0.5,1,\nb,,0.25,0,odd\n";
  const sheet = `# t

| column     | type          | unit       | meaning |
| ---------- | ------------- | ---------- | ------- |
| \`model\`    | text          |            | model   |
| \`n_params\` | number > 0    | parameters | size    |
| \`share\`    | number 0 to 1 | 1          | share   |
| \`is_moe\`   | 0 or 1        |            | 1: yes  |
| \`note\`     | text or none  |            | caution |

**Rows.** 2.

**Source.** S. **Licence.** L. **Dropped.** D. **Cautions.** C.
`;

  test("that says all it should is taken", () => {
    expect(datasheetErrors("t", csv, sheet)).toEqual([]);
  });

  test.each([
    [
      "| parameters |",
      "|            |",
      "tables/t.md gives no unit for `n_params`; write what one is counted",
    ],
    ["| 1          |", "| -          |", "tables/t.md gives no unit for `share`;"],
    ["`share`", "share", "tables/t.md does not describe the column share; add a row for it"],
    ["`model`", "`models`", "tables/t.md describes `models`, which t.csv has not"],
    ["| size    |", "|         |", "tables/t.md does not say what `n_params` means"],
    ["**Rows.** 2.", "**Rows.** two.", "tables/t.md does not say how many rows there are"],
    ["**Licence.** L.", "", "tables/t.md has no paragraph that begins with **Licence.**"],
  ])("that has %s replaced by %s is told: %s", (from, to, sentence) => {
    expect(sheet).toContain(from);
    expect(datasheetErrors("t", csv, sheet.replace(from, to)).join("\n")).toContain(sentence);
  });
});

test("the outliers of figure 4 are its five largest losses, and its tokens are flops / 6 N", () => {
  const runs = datasets.chinchillaFigure4();
  const worst = [...runs].sort((p, q) => q.loss - p.loss).slice(0, 5);
  expect(runs.filter((run) => run.isOutlier)).toHaveLength(5);
  expect(worst.every((run) => run.isOutlier)).toBe(true);
  for (const run of runs) expect(run.nTokens / (run.flops / (6 * run.nParams))).toBeCloseTo(1, 12);
});
