import { Session } from "node:inspector/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textOf } from "../../../src/server/debug/remoteObject.ts";

describe("the text of a value in the debugger", () => {
  const session = new Session();
  beforeAll(() => session.connect());
  afterAll(() => session.disconnect());

  const text = async (expression: string) => {
    const { result } = await session.post("Runtime.evaluate", { expression, generatePreview: true });
    return textOf(result as Parameters<typeof textOf>[0]);
  };

  it.each([
    ["1 / 0", "Infinity"],
    ["-0", "-0"],
    ["12n", "12n"],
    ["undefined", "undefined"],
    ["null", "null"],
    ["'a \"b\"\\n'", '"a \\"b\\"\\n"'],
    ["Symbol('s')", "Symbol(s)"],
  ])("is the value itself: %s", async (expression, expected) => {
    expect(await text(expression)).toBe(expected);
  });

  it.each([
    ["[1, 'two', [3]]", '[1, "two", Array(1)]'],
    ["[]", "[]"],
    ["Object.assign([1], { name: 'x' })", '[1, name: "x"]'],
    ["new Float64Array([1, 2])", "Float64Array(2) [1, 2]"],
    ["({})", "{}"],
    ["({ a: 1, f() {}, get g() { return 1; }, o: {} })", "{ a: 1, f: ƒ, g: (…), o: Object }"],
    ["new (class Point { x = 1 })()", "Point { x: 1 }"],
    ["new Map([['k', { a: 1 }]])", 'Map(1) { "k" => Object }'],
    ["new Set()", "Set(0) {}"],
    ["Object.create(null)", "{}"],
  ])("is what an object holds: %s", async (expression, expected) => {
    expect(await text(expression)).toBe(expected);
  });

  it("is one line, and not too long a one, for functions, errors and long lists", async () => {
    expect(await text("(function total(values) {\n  return values;\n})")).toBe("function total(values)");
    expect(await text("(class Point {\n  x = 1;\n})")).toBe("class Point");
    expect(await text("new TypeError('bad\\nworse')")).toBe("TypeError: bad");
    const long = await text("Array.from({ length: 1000 }, (_, index) => index)");
    expect(long).toMatch(/^\[0, 1, 2, .*…$/);
    expect(long.length).toBeLessThan(250);
    expect(await text("'x'.repeat(1e6)")).toBe(`"${"x".repeat(1000)}…"`);
  });

  it("does not run what a value has to say about itself", async () => {
    expect(await text("({ get a() { throw 1; }, toString() { throw 2; } })")).toBe("{ a: (…), toString: ƒ }");
  });
});
