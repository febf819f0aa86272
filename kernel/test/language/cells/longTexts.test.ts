import { describe, expect, it } from "vitest";
import { completeCell, objectBefore } from "../../../src/language/answers/completeCell.ts";
import { completeMagic } from "../../../src/language/answers/completeMagic.ts";
import { placesToInspect, wordAt } from "../../../src/language/answers/placesToInspect.ts";
import { cellDocument, mentionedNames } from "../../../src/language/cells/cellDocument.ts";
import { isComplete } from "../../../src/language/cells/isComplete.ts";
import { SessionNames } from "../../../src/language/cells/sessionNames.ts";
import { readMagics } from "../../../src/language/magics/readMagics.ts";
import { isShort } from "../../../src/language/reader/isShort.ts";
import { helpQuery } from "../../../src/server/syntax/helpQuery.ts";
import { isUnchecked } from "../../../src/server/syntax/isUnchecked.ts";
import { moduleName } from "../../../src/server/syntax/moduleName.ts";
import { kernelMark } from "../../../src/session/compile/kernelMark.ts";
import { mentionedNames as namesInCode } from "../../../src/session/compile/mentionedNames.ts";
import { needsTypeScript } from "../../../src/session/compile/transpile.ts";

// What the kernel's own process does with a cell's text before any parser: on 50,000 repetitions of anything it must be
// done in a moment. A regular expression that tries each start anew would need the square of it: minutes.
const session = new SessionNames();
const work: Record<string, (code: string) => unknown> = {
  helpQuery,
  readMagics: (code) => readMagics(code),
  moduleName,
  isShort,
  isUnchecked,
  kernelMark,
  needsTypeScript,
  mentionedNames,
  namesInCode,
  completeMagic: (code) => completeMagic(code, code.length),
  objectBefore: (code) => objectBefore(code, code.length),
  objectBeforeDot: (code) => objectBefore(`${code}.`, code.length + 1),
  completeCell: (code) =>
    completeCell(code, code.length, [], { session: [], preloaded: new Map(), runtime: [] }),
  placesToInspect: (code) => placesToInspect(code, code.length),
  wordAt: (code) => wordAt(code, code.length >> 1),
  document: (code) =>
    cellDocument({ code, isObjectLiteral: false, analysis: undefined }, session, new Map(), () => "isoflop"),
};

const pieces = [
  ..." \n\t\r;.,:?!@#%^&*()[]{}<>=+-/\\|~`'\"$_a1é",
  "\r\n",
  "a ",
  "a.",
  ". ",
  "x(",
  "x (",
  "a?.b",
  "%\n",
  "\n ",
  " \n%",
  "//",
  "// \n",
  "/*",
  "/** ",
  "*/",
  "/** @module ",
  "function ",
  "let * ",
  "using ",
  '"a" ',
  "'\\",
  '"\\"',
  "`${",
  "a[0]",
  "a['b'].",
  "?? ",
  "...a",
  "😀",
  "\u2028",
  `${"a".repeat(30)}\n`,
  "a = '",
  "`${`",
  "a /* ",
  "a;/**/",
  "$$",
];
const count = 50_000;

describe("a text of 50,000 repetitions takes a moment", () => {
  it.each(Object.keys(work))("%s", (name) => {
    const late: string[] = [];
    for (const piece of pieces) {
      for (const code of [
        piece.repeat(count),
        `x${piece.repeat(count)}\u0000`,
        `${piece.repeat(count)}\nx`,
      ]) {
        const began = performance.now();
        work[name]!(code);
        const took = performance.now() - began;
        // Linear work takes some 20 ms; a square, 2.5e9 steps, 5 s and more.
        if (took > 2_000) late.push(`${JSON.stringify(piece)} ${took.toFixed(0)} ms`);
      }
      if (late.length > 0) break;
    }
    expect(late).toEqual([]);
  });

  it("isComplete, where the cell is short enough to be read here", () => {
    for (const piece of pieces) {
      const code = piece.repeat(1_000).slice(0, 5_000);
      if (!isShort(code)) continue;
      const began = performance.now();
      isComplete(code);
      expect(performance.now() - began, JSON.stringify(piece)).toBeLessThan(3_000);
    }
  });
});
