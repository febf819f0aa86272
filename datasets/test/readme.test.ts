import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { matches, runExample } from "../../helpers/test/examples/runExample.ts";
import * as column from "../src/csv/column.ts";
import { parseTable, type Schema } from "../src/csv/parseTable.ts";
import { datasheetErrors } from "./datasheet.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [csv, sheet, loader] = ["```csv\n", "```\n   \\| column", "```ts\n(?=.*column\\.ts)"].map((start) => {
  const [block] = new RegExp(`^   ${start}[\\s\\S]*?\n   \`\`\`$`, "m").exec(readme) ?? [];
  if (block === undefined) throw new Error(`datasets/README.md has no block that begins with ${start}`);
  return block
    .replace(/^ {3}/gm, "")
    .replace(/^```.*\n/, "")
    .replace(/```$/, "");
}) as [string, string, string];

test("the sample table, datasheet and loader of the README agree, and its example says what is so", async () => {
  const load: { schema?: Schema; (): unknown } = () => parseTable(csv, load.schema!, "my_table.csv");
  const defineTable = (name: string, schema: Schema) => {
    expect(name).toBe("my_table");
    load.schema = schema;
  };
  await runExample(loader.replace("export const", "const"), {
    "../csv/column.ts": async () => column,
    "../csv/defineTable.ts": async () => ({ defineTable }),
  });
  const paragraphs = "\n**Rows.** 2.\n\n**Source.** **Licence.** **Dropped.** **Cautions.**\n";
  expect(datasheetErrors("my_table", csv, sheet + paragraphs, load.schema!)).toEqual([]);
  const [, example] = /@example\n([\s\S]*?) *\*\//.exec(loader)!;
  const checked = await runExample(example!.replace(/^ \* /gm, ""), {
    "isoflop-datasets": async () => ({ myTable: load }),
  });
  expect(checked.map(({ actual, expected }) => matches(actual, expected))).toEqual([true]);
});
