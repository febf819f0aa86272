import { expect, test } from "vitest";
import { inOneLine } from "../../src/text/inOneLine.ts";

test("a message of several lines keeps what its later lines say", () => {
  expect(inOneLine("cannot find the package ms; install it with\n\n    npm install ms\n")).toBe(
    "cannot find the package ms; install it with npm install ms",
  );
});

test("what is longer than there is room for ends in an ellipsis, and in no half character", () => {
  expect(inOneLine("abcdef", 4)).toBe("abc…");
  expect(inOneLine("ab😀cd", 4)).toBe("ab…");
  expect(inOneLine("abcd", 4)).toBe("abcd");
});
