import { expect, test } from "vitest";
import { splitMagics } from "../../../src/server/syntax/magics.ts";
import { moduleName } from "../../../src/server/syntax/moduleName.ts";

test("magic lines are blanked, so that line numbers stay", () => {
  const { code, check, isAlone } = splitMagics("%check off\nconst x = 1\nx");
  expect(code).toBe("\nconst x = 1\nx");
  expect([check, isAlone]).toEqual(["off", false]);
});

test("a magic alone in its cell is known to be alone", () => {
  expect(splitMagics("%check off\n// for the session\n").isAlone).toBe(false);
  expect(splitMagics("%check off\n\n").isAlone).toBe(true);
});

test("npm lines keep their arguments", () => {
  expect(splitMagics("%npm install left-pad@1 mathjs").npm).toEqual([["install", "left-pad@1", "mathjs"]]);
});

test("an unknown magic is reported, a remainder on a later line is not one", () => {
  expect(splitMagics("%matplotlib inline").unknown).toEqual(["%matplotlib inline"]);
  expect(splitMagics("const r = 7\n% 4").unknown).toEqual([]);
});

test("a cell that begins with a @module comment is a file", () => {
  expect(moduleName("/** @module laws */\nexport const a = 1")).toBe("laws.ts");
  expect(moduleName("/**\n * Laws.\n * @module lib/laws.ts\n */")).toBe("lib/laws.ts");
  expect(moduleName("const a = 1 /** @module laws */")).toBeUndefined();
  expect(moduleName("/** a */ /** @module laws */")).toBeUndefined();
});
