import { describe, expect, it } from "vitest";
import { analyzeCell } from "../../../src/language/cells/analyzeCell.ts";
import { parseCell } from "../../../src/language/cells/parseCell.ts";

const analyze = (code: string) => analyzeCell(parseCell(code));
const kinds = (code: string) =>
  Object.fromEntries([...analyze(code).declarations.values()].map((d) => [d.name, d.kind]));

describe("analyzeCell", () => {
  it("finds every kind of top-level declaration", () => {
    expect(
      kinds(
        "let a; var b; const { c, d: [e, ...f], ...g } = x; function h() {} class I {} interface J {}" +
          "type K = 1; enum L {} namespace M {} import n, { o as p } from 'q'; import * as r from 's';" +
          "using t = u; export const v = 1; declare namespace W.X {}",
      ),
    ).toEqual({
      a: "let",
      b: "let",
      c: "const",
      e: "const",
      f: "const",
      g: "const",
      h: "function",
      I: "class",
      J: "interface",
      K: "type",
      L: "enum",
      M: "namespace",
      n: "import",
      p: "import",
      r: "import",
      t: "const",
      v: "const",
      W: "namespace",
    });
  });

  it("counts a var inside blocks and loops, but not inside functions", () => {
    expect(kinds("for (var i = 0;;) { var j = 1 } function f() { var k } { let l; const m = 1 }")).toEqual({
      i: "let",
      j: "let",
      f: "function",
    });
  });

  it("tells assignments of the cell from assignments some function will make", () => {
    const { assigned, assignedInFunctions } = analyze(
      "a = 1; b++; [c] = [1]; for (d of []) {} if (x) { e = 2 } setTimeout(() => { f = 1 }); class A { m() { g = 1 } }",
    );
    expect([...assigned]).toEqual(["a", "b", "c", "d", "e"]);
    expect([...assignedInFunctions]).toEqual(["f", "g"]);
  });

  it("lists static, re-exported and dynamic imports", () => {
    const code = "import './a.ts'; export * from './b.ts'; await import('./c.ts'); f(() => import('d'))";
    expect(
      analyze(code).imports.map(({ specifier, start, end }) => [specifier, code.slice(start, end)]),
    ).toEqual([
      ["./a.ts", "'./a.ts'"],
      ["./b.ts", "'./b.ts'"],
      ["./c.ts", "'./c.ts'"],
      ["d", "'d'"],
    ]);
  });

  it("sees @ts-nocheck only at the top", () => {
    expect(analyze("// @ts-nocheck\nlet a").isUnchecked).toBe(true);
    expect(analyze("let a\n// @ts-nocheck").isUnchecked).toBe(false);
  });

  it("sees global declarations", () => {
    expect(analyze("declare global { interface Array<T> { last(): T } }").isAmbient).toBe(true);
    expect(analyze("declare namespace A {}").isAmbient).toBe(false);
  });
});
