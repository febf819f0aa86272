import { describe, expect, it } from "vitest";
import { isComplete } from "../../../src/language/cells/isComplete.ts";

describe("isComplete", () => {
  it.each([
    "",
    "1 + 1",
    "const x = 1",
    "let x;",
    "if (a) { b() }",
    "{ a: 1, b: 2 }",
    "async function f() {\n  await 1;\n}",
    "for await (const x of y) z(x)",
    "type A<T> = T extends string ? 1 : 2",
    "declare function f(): void",
    "const x = <div>text</div>",
    "const id = <T,>(x: T) => x",
    "// only a comment",
    ["`a $", "{1} b`"].join(""),
  ])("%j is complete", (code) => expect(isComplete(code)).toEqual({ status: "complete" }));

  it.each([
    ["function f() {", "  "],
    ["function f()", ""],
    ["if (a) {\n    b();\n    if (c) {", "        "],
    ["const x =", ""],
    ["foo(", "  "],
    ["foo(1,", ""],
    ["[1,\n 2,", " "],
    ["`abc", ""],
    ["/* abc", ""],
    ["a.", ""],
    ["x =>", "  "],
    ["class A {\n  m() {\n    return 1;", "    "],
    ["{ a: 1,", ""],
    ["try { a() }", ""],
    ["do { a() }", ""],
    ["import { readFile", ""],
    ["interface A { // things", "  "],
    ["`a ${", "  "],
    ["const s = `first\n  second", "  "],
  ])("%j is incomplete and goes on with %j", (code, indent) =>
    expect(isComplete(code)).toEqual({ status: "incomplete", indent }),
  );

  it.each([
    "import from",
    ")",
    "const = 1",
    "'abc",
    '"abc\n',
    "a b",
    "if (a) }",
    "/abc",
    "const x = 1 +* 2",
    "else {}",
  ])("%j is invalid", (code) => expect(isComplete(code)).toEqual({ status: "invalid" }));
});
