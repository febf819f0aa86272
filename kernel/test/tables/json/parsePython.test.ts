import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { parsePython } from "../../../src/tables/json/parsePython.ts";
import { loadRuns } from "../loadRecords.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();

describe("what Python writes", () => {
  test.each<[string, unknown]>([
    ["{}", {}],
    [
      "{'a': 1, 'b': -2.5e-3, 'c': [1, 2.], 'd': (1,), 'e': ()}",
      { a: 1, b: -0.0025, c: [1, 2], d: [1], e: [] },
    ],
    ["{'it''s': 1}".replace("''", "\\'"), { "it's": 1 }],
    [`{"it's": 'say "a"', 'n': '\\n\\x41\\u00e9'}`, { "it's": 'say "a"', n: "\nAé" }],
    [
      "{'t': True, 'f': False, 'n': None, 'x': nan, 'i': -inf}",
      { t: true, f: false, n: "", x: "NaN", i: "-Infinity" },
    ],
    ["{'a': {'b': {'c': 1}}}", { a: { b: { c: 1 } } }],
    ["{1: 2}", { "1": 2 }],
    [" [1_000] ", [1000]],
  ])("%s", (text, value) => expect(parsePython(text)).toEqual(value));

  test.each<[string, RegExp]>([
    ["{'a': 1", /ends too soon|missing/],
    ["{'a' 1}", /a ":" is missing/],
    ["{'a': 1 'b': 2}", /a "," is missing/],
    [
      "{'a': datetime.datetime(2024, 1, 1)}",
      /"datetime\.datetime\(2024, 1, 1\)\}" is no text, number, list or dict/,
    ],
    ["{'a': <object>}", /is no text/],
    ["{'a': 1} x", /is no text|something stands behind/],
    ["{'a': 1, 'a': 2}", /has the key "a" twice/],
    ["{'a': 1.2.3}", /is no text|missing/],
    ["'open", /is no text/],
    ["", /ends too soon/],
    ["[".repeat(100_000), /nested more than 200 deep/],
  ])("%.40s is refused", (text, message) => expect(() => parsePython(text)).toThrow(message));
});

describe("runs that wandb's documentation writes to a CSV file", () => {
  const load = (text: string) => loadRuns(file(text), chinchilla, { map: [], fields: [], dropBad: false });
  const row = (k: number, loss: string) =>
    `${k},"{'_step': 100, 'val/loss': ${loss}, 'note': ""it's""}","{'n_params': ${k + 1}000000000, 'tokens': 20000000000}",run-${k}`;

  test("are read out of the cells", async () => {
    const { runs, notes, placeOf } = await load(
      `,summary,config,name\n${row(0, "2.5")}\n${row(1, "2.25")}\n`,
    );
    expect(runs).toEqual([
      { nParams: 1e9, nTokens: 2e10, loss: 2.5, weight: 1 },
      { nParams: 2e9, nTokens: 2e10, loss: 2.25, weight: 1 },
    ]);
    expect(notes).toContain("runs with config and summary in a cell each, as wandb's API gives them");
    expect(placeOf(1)).toBe("line 3");
  });

  test("one whose loss is nan, or whose cell is no dict, is told with its line", async () => {
    await expect(load(`,summary,config,name\n${row(0, "2.5")}\n${row(1, "nan")}\n`)).rejects.toThrow(
      / 3 +summary\.val\/loss +NaN/,
    );
    await expect(load(`,summary,config,name\n${row(0, "2.5")}\n1,"{'a': oops}","{}",b\n`)).rejects.toThrow(
      /line 3, column 2 \("summary"\): this is no dict: "oops\}" is no text, number, list or dict/,
    );
  });
});
