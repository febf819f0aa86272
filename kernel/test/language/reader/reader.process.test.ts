import { afterAll, describe, expect, it } from "vitest";
import { deepCells } from "../../../../bench/soak/deepCells.js";
import { CellReader } from "../../../dist/language/reader/CellReader.js";
import { isShort } from "../../../dist/language/reader/isShort.js";
import { ReaderProcess } from "../../../dist/language/reader/ReaderProcess.js";

const reader = new ReaderProcess();
const cells = new CellReader(reader);
afterAll(() => reader.dispose());

const brackets = (n: number) => `${"(".repeat(n)}1${")".repeat(n)}`;

describe("isShort", () => {
  it("holds for no text that nests deeper than a thousand levels, of any kind", () => {
    for (const [name, [make]] of Object.entries(deepCells)) {
      if (/comment|blank|long name|long text|brackets in|statements|declarations/.test(name)) continue;
      expect(isShort(make(1_001)), name).toBe(false);
    }
  });

  it("holds for no text whose errors would take seconds to show", () => {
    for (const text of ["break;\u2028".repeat(10_000), "break;\r".repeat(10_000), "let a;\n".repeat(10_000)])
      expect(isShort(text), text.slice(0, 9)).toBe(false);
    expect(isShort(`${"\t".repeat(46_000)}${"break;".repeat(499)}`)).toBe(false);
    expect(isShort("@class{} class extends\n".repeat(1_000))).toBe(false);
  });

  it("holds for no text that parsers read in two ways at each of its levels", () => {
    const kinds = [
      "a<(a=",
      "new a<({a=a?(b):",
      "x:([...",
      "(a=",
      "async(a=",
      "a?(b=",
      "({a}=[(",
      "a<b<(",
      "f(<T>(",
      "(a?:b<",
    ];
    for (const kind of kinds) expect(isShort(kind.repeat(24)), kind).toBe(false);
    const sums = Array.from({ length: 28 }, (_, n) => `a${n + 1} = a${n} + a${n}`);
    expect(isShort(`enum A { a0 = "x", ${sums} }`)).toBe(false);
  });

  it("holds for cells as people write them, long texts in them too", () => {
    expect(isShort("1 + 1")).toBe(true);
    expect(isShort(`const text = "${"many words in a row ".repeat(45)}";`)).toBe(true);
    expect(isShort(`const words = "${"word ".repeat(900)}"; words.length`)).toBe(true);
    expect(isShort("const row = { a: 1, b: [2, 3] };\n".repeat(50))).toBe(true);
  });
});

describe("ReaderProcess", () => {
  it("reads what would end or stop the kernel's own process", async () => {
    expect(await cells.isComplete(brackets(6_000))).toEqual({ status: "complete" });
    expect(await cells.isComplete("(".repeat(6_000))).toMatchObject({ status: "incomplete" });
    expect(await cells.read(brackets(20_000))).toMatchObject({ parses: true });
    expect(await cells.read(Array(50_000).fill("1").join(" + "))).toMatchObject({
      certainty: { prints: false },
    });
  });

  it("names the limit of what is too deep even for it, and reads the next text", async () => {
    for (const task of ["read", "compile", "isComplete"] as const) {
      const tooDeep =
        task === "compile"
          ? reader.ask(task, "cell.ts", brackets(900_000))
          : reader.ask(task, brackets(900_000));
      await expect(tooDeep).rejects.toThrow(/nests too deeply.*100,000 brackets/);
      expect(await reader.ask("isComplete", "1 + ")).toMatchObject({ status: "incomplete" });
    }
  });

  it("says that V8 has no room, before the code is sent to run", async () => {
    const functions = `${"(x) => ".repeat(3_000)}1`;
    await expect(reader.ask("compile", "cell.ts", functions)).rejects.toThrow(
      /JavaScript's compiler has room/,
    );
    const { code } = await reader.ask("compile", "cell.ts", `${"(x) => ".repeat(500)}1`);
    expect(code).toMatch(/return \{.* value:/);
  });

  it("ends a text that takes more memory than any cell needs, and says so", async () => {
    // Each name of the enum holds twice the text of the one before it. Less memory than the kernel allows: a machine may
    // take seconds to hand out 3 GB.
    const small = new ReaderProcess(5e8);
    const sums = Array.from({ length: 40 }, (_, n) => `a${n + 1} = a${n} + a${n}`);
    await expect(small.ask("compile", "cell.ts", `enum A { a0 = "x", ${sums} }`)).rejects.toThrow(
      /more than 0.5 GB of memory/,
    );
    expect(await small.ask("isComplete", "1")).toEqual({ status: "complete" });
    small.dispose();
  });

  it("blames the text that ended it alone, not those that wait", async () => {
    const answers = await Promise.allSettled([
      reader.ask("isComplete", "a("),
      reader.ask("read", brackets(900_000)),
      reader.ask("isComplete", "b"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("passes a syntax error on as it is", async () => {
    await expect(reader.ask("compile", "cell.ts", "let = = 1")).rejects.toThrow(/\(cell 1:\d+\)/);
  });

  it("gives up at an interrupt and goes on after it", async () => {
    const reading = reader.ask("read", "export ".repeat(20_000));
    const waiting = reader.ask("isComplete", "a");
    setTimeout(() => reader.interrupt(), 100);
    await expect(reading).rejects.toThrow("interrupted");
    await expect(waiting).rejects.toThrow("interrupted");
    expect(await reader.ask("isComplete", "1")).toEqual({ status: "complete" });
  });
});
