import fc from "fast-check";
import { expect, test } from "vitest";
import { tableBundle } from "../../src/format/tableBundle.ts";

const html = (columns: string[], rows: string[][]) => String(tableBundle(columns, rows)["text/html"]);
const sides = (text: string) =>
  [...text.matchAll(/<t[dh][^>]* style="text-align: (\w+)">/g)].map(([, side]) => side);

test.each<[string, string[], string]>([
  ["names", ["a", "b"], "left"],
  ["numbers", ["1", "2.5e3", "−3", "-4", "+5", ".5", "∞"], "right"],
  ["numbers with units", ["70B", "3 GB"], "right"],
  ["a name among numbers", ["1", "none"], "left"],
  ["a gap among numbers", ["1", ""], "left"],
  ["nothing", [], "left"],
])("a column of %s says where its text stands, in its head as in its cells", (_, cells, side) => {
  const rows = cells.map((cell) => [cell]);
  expect(sides(html(["name"], rows))).toEqual([side, ...cells.map(() => side)]);
});

test("every cell says so, whatever the table holds", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (rows) => {
      expect(sides(html(["<a>", "b"], rows))).toHaveLength(2 * (rows.length + 1));
    }),
  );
});
