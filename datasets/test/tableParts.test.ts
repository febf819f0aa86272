import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tableNames, tableParts } from "./tableParts.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "isoflop-tables-"));
  mkdirSync(join(folder, "tables"));
  mkdirSync(join(folder, "src/tables"), { recursive: true });
  const defined = "const defineTable = (table) => Object.assign(() => [], { table, schema: {} });\n";
  const loader = (name: string, table: string) =>
    writeFileSync(
      join(folder, `src/tables/${name}.ts`),
      `${defined}export const ${name} = defineTable("${table}");\n`,
    );
  for (const name of [
    "good_one",
    "no_sheet",
    "no_loader",
    "other_name",
    "other_table",
    "broken",
    "not_exported",
  ]) {
    writeFileSync(join(folder, `tables/${name}.csv`), "a\n1\n");
    if (name !== "no_sheet") writeFileSync(join(folder, `tables/${name}.md`), `# ${name}\n`);
  }
  writeFileSync(join(folder, "tables/no_csv.md"), "# no_csv\n");
  loader("goodOne", "good_one");
  loader("noSheet", "no_sheet");
  loader("noCsv", "no_csv");
  loader("otherTable", "good_one");
  loader("notExported", "not_exported");
  loader("noFiles", "no_files");
  writeFileSync(
    join(folder, "src/tables/otherName.ts"),
    `${defined}export const another = defineTable("other_name");\n`,
  );
  writeFileSync(join(folder, "src/tables/broken.ts"), 'import "./gone.ts";\n');
  const lines = ["goodOne", "noSheet", "noCsv", "otherTable", "noFiles", "noLoader"].map(
    (name) => `export { ${name} } from "./tables/${name}.ts";\n`,
  );
  writeFileSync(join(folder, "src/index.ts"), lines.join(""));
});

afterAll(() => rmSync(folder, { recursive: true }));

test("a table is known by any of its parts", () => {
  expect(tableNames(folder)).toEqual([
    "broken",
    "good_one",
    "no_csv",
    "no_files",
    "no_loader",
    "no_sheet",
    "not_exported",
    "other_name",
    "other_table",
  ]);
});

test.each([
  ["good_one"],
  ["no_sheet", "tables/no_sheet.md is missing; write the datasheet, as datasets/README.md shows"],
  ["no_csv", "tables/no_csv.csv is missing; write the table, or delete what else bears its name"],
  ["no_loader", "src/tables/noLoader.ts is missing; write the loader, as datasets/README.md shows"],
  ["other_name", "src/tables/otherName.ts does not export the loader otherName; name it so, after its table"],
  ["other_table", 'src/tables/otherTable.ts reads "good_one"; give defineTable the name "other_table"'],
  ["broken", expect.stringMatching(/^src\/tables\/broken\.ts cannot be imported: .*gone/)],
  [
    "not_exported",
    'src/index.ts does not export notExported; add export { notExported } from "./tables/notExported.ts";',
  ],
])("what %s lacks is told in one sentence, with the file and the way out", async (name, ...sentences) => {
  expect((await tableParts(folder, name)).missing).toEqual(sentences);
});

test("each part that is missing is told", async () => {
  expect((await tableParts(folder, "no_files")).missing).toHaveLength(2);
});
