import fc from "fast-check";
import { expect, test } from "vitest";
import { pageNames } from "../../src/report/pageNames.ts";

test.each<[string[], string[]]>([
  [
    ["a", "index"],
    ["a", "index-notebook"],
  ],
  [["Index"], ["Index-notebook"]],
  [
    ["index-notebook", "index", "INDEX"],
    ["index-notebook", "index-notebook-2", "INDEX-notebook-3"],
  ],
  [
    ["Fit", "fit", "claims"],
    ["Fit", "fit-notebook", "claims"],
  ],
  [
    ["gr\u00f6", "gro\u0308"],
    ["gr\u00f6", "gro\u0308-notebook"],
  ],
])("%j", (names, pages) => {
  expect(pageNames(names)).toEqual(pages);
});

test("no two pages are one file, whatever the case, and none is the index", () => {
  const name = fc.stringMatching(/^(index|INDEX|Index|a|A|claims)(-notebook)?(-2)?$/);
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 12 }), (names) => {
      const pages = pageNames(names).map((page) => page.toLowerCase());
      expect(new Set([...pages, "index"]).size).toBe(names.length + 1);
    }),
  );
});
