import { describe, expect, test } from "vitest";
import { completeBundle } from "../../../src/session/display/bundle/completeBundle.ts";
import { plotlyStill } from "../../../src/session/display/still/plotlyStill.ts";
import { toBundle } from "../../../src/session/display/toBundle.ts";
import type { Bundle } from "../../../src/session/messages/executorMessages.ts";

const dataOf = (value: unknown) => completeBundle(toBundle(value) as Bundle, plotlyStill).data;
const html = (value: unknown) => String(dataOf(value)["text/html"] ?? "");

describe("toBundle", () => {
  test("a value's own display method decides, as a bundle or as { data, metadata }", () => {
    const own = (result: unknown) => ({ [Symbol.for("Jupyter.display")]: () => result });
    expect(toBundle(own({ "text/html": "<b>x</b>" }))).toEqual({
      data: { "text/html": "<b>x</b>" },
      metadata: {},
    });
    const bundle = { data: { "text/plain": "x" }, metadata: { a: 1 } };
    expect(toBundle(own(bundle))).toEqual(bundle);
  });

  test("an asynchronous display method is waited for", async () => {
    const value = {
      async [Symbol.for("Jupyter.display")]() {
        return { "text/markdown": "*x*" };
      },
    };
    expect((await toBundle(value)).data).toEqual({ "text/markdown": "*x*" });
  });

  test("records are a table with a row each and escaped names and values", () => {
    const table = html([{ "<k>": "<script>" }, { "<k>": 2, extra: null }]);
    expect(table.match(/<tr>/g)).toHaveLength(3);
    expect(table).toContain("&lt;script&gt;");
    expect(table).not.toContain("<script>");
    expect(table).toContain("extra");
  });

  test("each cell says where its text stands: numbers to the right, all else to the left", () => {
    const rows = [
      { n: 1, name: "a", mixed: 1, none: null, date: new Date(0) },
      { n: null, name: "b", mixed: "x", none: undefined, date: null },
    ];
    const cells = html(rows).match(/<t[hd] style="text-align: \w+"/g) ?? [];
    const sides = cells.map((cell) => /: (\w+)/.exec(cell)?.[1]);
    expect(sides).toEqual([...Array(3)].flatMap(() => ["right", "left", "left", "left", "left"]));
    const arquero = {
      numRows: () => 2,
      columnNames: () => ["n", "t"],
      objects: () => [
        { n: 9, t: "a" },
        { n: 10, t: "bcd" },
      ],
    };
    expect(dataOf(arquero)["text/plain"]).toBe(" n  t\n 9  a\n10  bcd");
  });

  test("a long table is cut and says how long it is", () => {
    const table = html(Array.from({ length: 12_345 }, (_, i) => ({ i })));
    expect(table).toContain("12,345 rows");
    expect(table.length).toBeLessThan(20_000);
  });

  test.each([
    ["numbers", [1, 2]],
    ["nothing", []],
    ["instances", [new Date(0)]],
    ["arrays", [[1], [2]]],
    ["empty records", [{}]],
  ])("an array of %s is no table", (_, value) => {
    expect(Object.keys(dataOf(value))).toEqual(["text/plain"]);
  });

  test("Map and Set are tables with the usual text beside", () => {
    expect(html(new Map([["a", 1]]))).toContain("<table");
    expect(dataOf(new Set(["p"]))["text/plain"]).toBe("Set(1) { 'p' }");
  });

  test("frames are known by their shape", () => {
    const danfo = { $data: [[1, 2.5]], $columns: ["n", "loss"], $dtypes: ["int32", "float32"] };
    expect(html(danfo)).toContain("2.5");
    const polars = { schema: {}, height: 900, head: () => polars, toRecords: () => [{ n: 7 }] };
    expect(html(polars)).toContain("900 rows");
    const arquero = { numRows: () => 1, columnNames: () => ["n"], objects: () => [{ n: 9 }] };
    expect(String(dataOf(arquero)["text/plain"])).toContain("9");
  });

  test("a Plotly figure is JSON with plain numbers; an object that only has data is not one", () => {
    const figure = {
      data: [{ type: "scatter", x: new Float64Array([1, 2]) }],
      layout: { title: { text: "T" } },
    };
    expect(dataOf(figure)["application/vnd.plotly.v1+json"]).toEqual({
      data: [{ type: "scatter", x: [1, 2] }],
      layout: { title: { text: "T" } },
    });
    expect(Object.keys(dataOf({ data: [1, 2], layout: {} }))).toEqual(["text/plain"]);
  });

  test("image bytes are images, other bytes are bytes", () => {
    expect(dataOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))["image/jpeg"]).toBe("/9j/4A==");
    expect(Object.keys(dataOf(Uint8Array.of(1, 2, 3)))).toEqual(["text/plain"]);
  });

  test("hostile values are shown all the same", () => {
    const trap = () => {
      throw new Error("trap");
    };
    expect(
      dataOf(new Proxy({}, { get: trap, ownKeys: trap, getPrototypeOf: trap }))["text/plain"],
    ).toBeTypeOf("string");
    expect(dataOf({ [Symbol.for("nodejs.util.inspect.custom")]: trap })["text/plain"]).toBeTypeOf("string");
  });

  test("of what nests widely less is shown, and of what is only long as much as ever", () => {
    const wide = (levels: number): unknown => (levels === 0 ? 1 : new Array(100).fill(wide(levels - 1)));
    const named = (levels: number): unknown => {
      const each = levels === 0 ? 1 : named(levels - 1);
      return levels === 0
        ? each
        : Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`k${at}`, each]));
    };
    for (const value of [wide(5), named(4), new Map([[wide(4), new Set([wide(4)])]])]) {
      const text = String(dataOf([value])["text/plain"]);
      expect(text).toMatch(/more items|\[Object\]/);
      expect(text.length).toBeLessThan(200_100);
    }
    expect(String(dataOf(wide(2))["text/plain"]).match(/1/g)).toHaveLength(10_000);
    expect(String(dataOf(named(2))["text/plain"])).toContain("k59: 1");
    const long = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, at]));
    expect(String(dataOf(long)["text/plain"])).toContain("k4999: 4999");
  });

  test("text that is too long is cut with a note", () => {
    expect(String(dataOf("x".repeat(50_000))["text/plain"])).toContain("40000 more characters");
  });
});
