import { type Column, flag, integer, number, oneOf, optional, positive, text } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { datasheetType } from "../../scripts/api/datasheetType.js";
import { datasheetErrors } from "./datasheet.ts";
import { datasheetDomain, probesOf } from "./datasheetDomain.ts";

describe("a datasheet", () => {
  const csv = "model,n_params,share,is_moe,note\na,7e9,0.5,1,\nb,,0.25,0,odd\n";
  const sheet = `# t

| column     | type               | unit       | meaning |
| ---------- | ------------------ | ---------- | ------- |
| \`model\`    | text          |            | model   |
| \`n_params\` | number > 0 or none | parameters | size    |
| \`share\`    | number 0 to 1 | 1          | share   |
| \`is_moe\`   | 0 or 1        |            | 1: yes  |
| \`note\`     | text or none  |            | caution |

**Rows.** 2.

**Source.** S. **Licence.** L. **Dropped.** D. **Cautions.** C.
`;

  const schema = {
    model: text("model"),
    nParams: optional(positive("n_params")),
    share: number("share", { min: 0, max: 1 }),
    isMoe: flag("is_moe"),
    note: optional(text("note")),
  };

  test("that says all it should is taken", () => {
    expect(datasheetErrors("t", csv, sheet, schema)).toEqual([]);
    expect(datasheetErrors("t", csv, sheet)).toEqual([]);
  });

  test.each([
    [
      "| parameters |",
      "|            |",
      "tables/t.md gives no unit for `n_params`; write what one is counted",
    ],
    ["| 1          |", "| -          |", "tables/t.md gives no unit for `share`;"],
    [
      "`share`",
      "share",
      "tables/t.md has the column share without both its backticks; write | `share` | type |",
    ],
    [
      "`share`",
      "share`",
      "tables/t.md has the column share without both its backticks; write | `share` | type |",
    ],
    [
      "| `share`    | number 0 to 1 | 1          | share   |\n",
      "",
      "tables/t.md does not describe the column share; add a row",
    ],
    ["| column ", "| field  ", "tables/t.md has no table of columns; begin it with | column | type |"],
    [
      "number 0 to 1",
      "number 0-1",
      'tables/t.md gives `share` the type "number 0-1", the loader reads "number 0 to 1";',
    ],
    [
      "number > 0",
      "number >= 0",
      'tables/t.md gives `n_params` the type "number >= 0 or none", the loader reads "number > 0 or none"',
    ],
    [
      "text or none",
      "string",
      'tables/t.md gives `note` the type "string", the loader reads "text or none"; write that, or',
    ],
    ["`model`", "`models`", "tables/t.md describes `models`, which t.csv has not"],
    ["| size    |", "|         |", "tables/t.md does not say what `n_params` means"],
    ["**Rows.** 2.", "**Rows.** two.", "tables/t.md does not say how many rows there are"],
    ["**Licence.** L.", "", "tables/t.md has no paragraph that begins with **Licence.**"],
  ])("that has %s replaced by %s is told: %s", (from, to, sentence) => {
    expect(sheet).toContain(from);
    expect(datasheetErrors("t", csv, sheet.replace(from, to), schema).join("\n")).toContain(sentence);
  });

  test("whose type has none of the usual forms is told them, also before there is a loader", () => {
    expect(datasheetErrors("t", csv, sheet.replace("number 0 to 1", "numbr"))).toEqual([
      expect.stringMatching(
        /^tables\/t\.md gives `share` the type "numbr"; write one of: number, number > 0,/,
      ),
    ]);
  });
});

describe("the type of a datasheet", () => {
  const columns = [
    number("x"),
    number("x", { min: 0 }),
    number("x", { max: -2.5 }),
    number("x", { min: 0, max: 100 }),
    positive("x"),
    integer("x"),
    integer("x", { above: 0 }),
    integer("x", { min: 1, max: 3 }),
    flag("x"),
    text("x"),
    oneOf("x", ["a", "b c"]),
    oneOf("x", ["1", "2"]),
  ].flatMap((column) => [column, optional(column)] as Column<unknown>[]);

  test.each(columns.map((column) => [datasheetType(column), column] as const))(
    "%s says what its column takes",
    (type, { read, optional }) => {
      const domain = datasheetDomain(type)!;
      for (const cell of probesOf(type)) {
        expect(domain(cell), JSON.stringify(cell)).toBe(
          (cell === "" && optional) || read(cell) !== undefined,
        );
      }
    },
  );

  test("of one column is told from that of every other by some probe", () => {
    const types = columns.map(datasheetType);
    for (const type of types) {
      for (const other of types.filter((one) => one !== type)) {
        const cells = [...probesOf(type), ...probesOf(other)];
        const differs = cells.some((cell) => datasheetDomain(type)!(cell) !== datasheetDomain(other)!(cell));
        expect(differs, `${type} and ${other}`).toBe(true);
      }
    }
  });

  test.each([
    "",
    "numbr",
    "number > ",
    "number 0",
    "number 0-1",
    "one of a, b",
    "one of `a` `b`",
    "flag",
    "none",
  ])("cannot be %j", (type) => {
    expect(datasheetDomain(type)).toBeUndefined();
  });
});
