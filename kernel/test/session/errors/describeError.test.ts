import fc from "fast-check";
import { expect, test } from "vitest";
import { describeTypeErrors } from "../../../src/server/cells/typeErrors.ts";
import { compileSource } from "../../../src/session/compile/compileSource.ts";
import { codeFrame } from "../../../src/session/errors/codeFrame.ts";
import { describeError } from "../../../src/session/errors/describeError.ts";
import { withoutBlankEnds } from "../../../src/session/errors/withoutBlankEnds.ts";
import type { Failure } from "../../../src/session/messages/executorMessages.ts";

const isBlank = (line: string | undefined) => line === undefined || line.trim() === "";
const bare = (error: unknown) =>
  describeError(error)
    .traceback.join("\n")
    .replace(/\u001b\[\d+m/g, "");

test("no traceback begins or ends with an empty line, whatever an error calls itself and says", () => {
  const errors = fc.record({
    name: fc.stringMatching(/^[\n \w]*$/),
    message: fc.stringMatching(/^[\n \w]*$/),
    stack: fc.option(fc.stringMatching(/^[\n \w]*$/), { nil: undefined }),
  });
  fc.assert(
    fc.property(errors, ({ name, message, stack }) => {
      const error = Object.assign(new Error(message), { name });
      if (stack !== undefined) error.stack = stack;
      const { traceback } = describeError(error);
      expect(isBlank(traceback[0])).toBe(false);
      expect(isBlank(traceback.at(-1))).toBe(false);
    }),
  );
});

test("lines inside stay, those at the ends go, also where an element holds several or only colours", () => {
  const failure = { ename: "E", evalue: "v", traceback: ["\n\u001b[31m\u001b[39m", "a\n\nb", "", " ", "\n"] };
  expect(withoutBlankEnds(failure).traceback).toEqual(["a", "", "b"]);
  expect(withoutBlankEnds({ ...failure, traceback: ["", "\n"] }).traceback).toEqual(["E: v"]);
  expect(withoutBlankEnds({ ename: "E", evalue: "", traceback: [] }).traceback).toEqual(["E"]);
});

test.each<[string, unknown, string]>([
  ["an error without a name", Object.assign(new TypeError(""), { name: "" }), "TypeError"],
  ["an error whose stack was emptied", Object.assign(new RangeError("x"), { stack: "\n\n" }), "RangeError"],
  ["what is no error", "\nx\n", "Uncaught '\\nx\\n'"],
])("%s is told by its kind", (_, error, expected) => {
  expect(bare(error).startsWith(expected)).toBe(true);
});

test("the lines around an error begin and end with some that say something", () => {
  const source = "\n\nthrow 1;\n\n";
  expect(codeFrame(source, { line: 3, column: 1 })).toEqual(["> 3 | throw 1;", "    | ^"]);
  expect(codeFrame("a\n\nthrow 1;\n\nb\n", { line: 3, column: 1 })).toEqual([
    "  1 | a",
    "  2 |",
    "> 3 | throw 1;",
    "    | ^",
    "  4 |",
    "  5 | b",
  ]);
  expect(codeFrame("\n", { line: 1, column: 1 })).toEqual(["> 1 |", "    | ^"]);
});

test.each(["let x = ;\n", "function (\n\n", "\n\nconst a = 1, a = 2;\n"])(
  "what cannot be compiled is told without an empty line: %j",
  (source) => {
    let failure: Failure | undefined;
    try {
      compileSource("cell.ts", source);
    } catch (error) {
      failure = describeError(error);
    }
    expect(failure?.ename).toBe("SyntaxError");
    expect(failure?.traceback.filter(isBlank)).toEqual([]);
  },
);

test("type errors have an empty line between each two, and nowhere else", () => {
  const source = "\na;\n\nb;\n";
  const error = (line: number) => ({
    line,
    column: 1,
    endLine: line,
    endColumn: 2,
    code: 2304,
    message: "m",
  });
  const blanks = (count: number) => {
    const errors = Array.from({ length: count }, () => error(2));
    return describeTypeErrors(source, errors as never).traceback.filter(isBlank).length;
  };
  expect([blanks(1), blanks(2), blanks(3)]).toEqual([0, 1, 2]);
});
