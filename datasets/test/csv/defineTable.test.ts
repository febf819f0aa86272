import { defineTable, number, text } from "isoflop-datasets";
import { expect, test } from "vitest";

test("a loader carries its table's name and its columns", () => {
  const schema = { model: text("model"), a: number("a") };
  const load = defineTable("some_table", schema);
  expect(load.table).toBe("some_table");
  expect(load.schema).toBe(schema);
});

test("a table that is not there is told with the file and the way out, when it is read", () => {
  expect(defineTable("no_such_table", { a: number("a") })).toThrow(
    'there is no tables/no_such_table.csv; write it, or give defineTable the name of a table that is there, got "no_such_table"',
  );
});
