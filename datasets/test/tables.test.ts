import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { describedColumns } from "../../scripts/api/describedColumns.js";
import { docOfExport, exportsOf } from "../../scripts/api/sources.js";
import { datasheetErrors, rowsSaid } from "./datasheet.ts";
import { datasheetDomain, probesOf } from "./datasheetDomain.ts";
import { tableNames, tableParts } from "./tableParts.ts";

const room = fileURLToPath(new URL("..", import.meta.url));
const tables = await Promise.all(
  tableNames(room).map(async (name) => ({ name, ...(await tableParts(room, name)) })),
);

test.each(tables)("$name has a table, a datasheet and a loader", ({ missing }) => {
  expect(missing).toEqual([]);
});

const whole = tables.filter(({ missing }) => missing.length === 0);

describe.each(whole)("$name", ({ name, csv, sheet, source, load }) => {
  test("has as many rows as the datasheet says, the same frozen ones on every call", () => {
    const rows = load!();
    expect(rows, `rows of ${name}.csv against **Rows.** in ${name}.md`).toHaveLength(rowsSaid(sheet!)!);
    expect(load!()).toBe(rows);
    expect(Object.isFrozen(rows) && rows.every(Object.isFrozen)).toBe(true);
  });

  test("has a datasheet that names every column, what it may hold, its unit, source, licence and cautions", () => {
    expect(datasheetErrors(name, csv!, sheet!, load!.schema)).toEqual([]);
  });

  test("has a loader that takes and refuses the cells that the datasheet says", () => {
    const columns = new Map(Object.values(load!.schema).map((column) => [column.header, column]));
    for (const { column, type } of describedColumns(sheet!)) {
      const reading = columns.get(column);
      const domain = datasheetDomain(type);
      // What is described and not read, or described in no usual form, is told above.
      if (!reading || !domain) continue;
      for (const cell of probesOf(type)) {
        const takes = (cell === "" && reading.optional) || reading.read(cell) !== undefined;
        expect(takes, `does ${column}, ${type}, take ${JSON.stringify(cell)}?`).toBe(domain(cell));
      }
    }
  });

  test("has a loader whose doc comment lists no field that is not there", () => {
    const [place] = exportsOf(join(room, source)).values();
    const listed = [...docOfExport(place)!.matchAll(/^- (`\w+`(?:, `\w+`)*):/gm)].flatMap(
      ([, names]) => names!.match(/\w+/g)!,
    );
    const fields = Object.keys(load!.schema);
    expect(listed.filter((field) => !fields.includes(field))).toEqual([]);
  });
});
