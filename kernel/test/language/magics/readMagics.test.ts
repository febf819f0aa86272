import { describe, expect, it, test } from "vitest";
import { findMagic, magicTable } from "../../../src/language/magics/magicTable.ts";
import { readMagics } from "../../../src/language/magics/readMagics.ts";
import { unknownMagic } from "../../../src/language/magics/unknownMagic.ts";

const known = new Set(["dir", "ready", "run", "name", "n"]);
const read = (source: string) => readMagics(source, (name) => known.has(name));
/** Whether the cell holds a call of the session's for a command. */
const isShell = (source: string) => read(source).edited.text.includes(".command(`");

test("magic lines are taken out, so that line numbers stay", () => {
  const { edited, check, isAlone } = read("%check off\nconst x = 1\nx");
  expect(edited.text).toBe("\nconst x = 1\nx");
  expect([check, isAlone]).toEqual(["off", false]);
});

test("%check knows whether it is alone in its cell, and without a word asks", () => {
  expect(read("%check off\n// for the cell\n").isAlone).toBe(false);
  expect(read("%check off\n\n").isAlone).toBe(true);
  expect(read("%check").check).toBe("show");
  expect(read("%check maybe").failure?.evalue).toContain("on, warn or off, got maybe");
  expect(read("%check warn\nconst n: number = 'x'")).toMatchObject({ check: "warn", isAlone: false });
});

test("npm lines keep their arguments", () => {
  expect(read("%npm install left-pad@1 mathjs").npm).toEqual([["install", "left-pad@1", "mathjs"]]);
});

test("a first line for the system's shell is a comment", () => {
  expect(read("#!/usr/bin/env node\nconst a = 1\na").edited.text).toBe("///usr/bin/env node\nconst a = 1\na");
  expect(read("const a = 1\n#!x").edited.text).toBe("const a = 1\n#!x");
});

test("a cell without magics is left as it is", () => {
  for (const source of ["1 + 1", "", "\n\n", "const a = b % c", "if (!a) b()", "`%x`", "x\n// %y"]) {
    expect(read(source)).toMatchObject({ edited: { text: source }, hasCode: true, isAlone: false });
  }
});

describe("an unknown magic is told with the nearest one", () => {
  it.each([
    ["%tim f()", "%time?"],
    ["%timit f()", "%timeit?"],
    ["%%bsh\nls", "%%bash?"],
    ["%%tme\nf()", "%%time?"],
    ["%CHECK off", "%check?"],
    ["%chek", "%check?"],
    ["%whoo", "%who?"],
    ["%ls", "!ls?"],
    ["%lsm", "%lsmagic?"],
    ["%nmp install x", "%npm?"],
    ["%envv A", "%env?"],
    ["%pdw", "%pwd?"],
    ["%bash", "%%bash"],
  ])("%j", (source, meant) => {
    const { failure } = read(source);
    expect(failure?.ename).toBe("UnknownMagic");
    expect(failure?.evalue).toContain(meant);
    expect(failure?.evalue).toContain("%lsmagic");
  });

  it("in a text that is short, however long the line is", () => {
    expect(unknownMagic(`%x${"y".repeat(1e6)}`, `x${"y".repeat(1e6)}`, "%").length).toBeLessThan(250);
  });
});

describe("is no magic", () => {
  it.each([
    "const r = 7\n% 4",
    "const r = 7\n% n",
    "const t = `\n!ls -l\n`",
    "const t = `\n%cd /\n`",
    "/*\n!ls -l\n*/\n1",
    "/*\n%cd /\n*/\n1",
    "!ready",
    "!ready && run()",
    "!run(1).ok",
    "!!ready",
    "!(1 > 2)",
    "!0",
    "![]",
    '!"text"',
    "!await run()",
    "!new Set().size",
    "!process.env.X",
    "!Number('3')",
    "const own = 1\n!own",
    "const { own } = { own: 1 }\n!own",
    "function own() {}\n!own()",
    "f(\n!ready\n)",
    "if (ready) {\n  !ready\n}",
    "ready &&\n!ready",
    "!ready &&\n  run()",
  ])("%j", (source) => {
    expect(read(source)).toMatchObject({ edited: { text: source }, failure: undefined });
  });
});

describe("is a command", () => {
  it.each([
    "!ls",
    "!ls -la",
    "! ls",
    "!ls *.ts",
    "!true",
    "!false",
    "!exit 3",
    "!git status",
    "!git commit -m 'it is'",
    "!echo 'it''s'",
    "!echo `date`",
    "!cat < a.txt > b.txt",
    "!a | b",
    "!sleep 5 &",
    "!./run.sh",
    "!/bin/ls",
    "!~/run",
    "!{dir}/run.sh",
    "!(cd /; ls)",
    "![ -f x ]",
    "!ready -f x",
    "const a = 1\n!ls",
    "const a = 1\n!ls -la",
    "const a = 1;\n!echo {a}",
    "const a = 1\n!git status\na",
    "function f() {\n  return 1;\n}\n  !ls /usr/\nconst b = 1",
    "%cd /\n!ls",
    "// first\n!ls",
  ])("%j", (source) => {
    expect(isShell(source)).toBe(true);
    expect(read(source).edited.text.split("\n").length).toBe(source.split("\n").length);
  });
});

describe("braces of a command", () => {
  const commandOf = (source: string) => /`([\s\S]*)`\);/.exec(read(source).edited.text)?.[1];
  it.each([
    ["!echo {dir}", "echo §{dir}"],
    ["!echo {dir.length + 1}x", "echo §{dir.length + 1}x"],
    ["!echo {run({ a: 1 })}", "echo §{run({ a: 1 })}"],
    ["!echo {Math.max(1, 2)} {process.pid}", "echo §{Math.max(1, 2)} §{process.pid}"],
    ["!echo {n ? 'a' : 'b'}", "echo §{n ? 'a' : 'b'}"],
    ["!echo §{dir}", "echo \\§{dir}"],
    ["!echo {{dir}}", "echo {dir}"],
    ["!echo {nobody}", "echo {nobody}"],
    ["!echo {dir,n}", "echo {dir,n}"],
    ["!echo {1..3}", "echo {1..3}"],
    ["!awk '{print $1}'", "awk '{print $1}'"],
    ["!find . -exec rm {} \\;", "find . -exec rm {} \\\\;"],
    ["!git show HEAD@{1}", "git show HEAD@{1}"],
    ['!echo {"a": 1}', 'echo {"a": 1}'],
    ["!echo `date`", "echo \\`date\\`"],
    ["!echo \\n", "echo \\\\n"],
    ["const own = 1\n!echo {own}", "echo §{own}"],
    ["const f = async (p: string) => {\n  !echo {p}\n}", "echo §{p}"],
    [
      "const f = async ({ a: { b = 1 }, ...rest }: any) => {\n  !echo {b} {rest.c} {a}\n}",
      "echo §{b} §{rest.c} {a}",
    ],
    ["for (const [k, v] of list) {\n  !echo {k} {v}\n}", "echo §{k} §{v}"],
    ["try { run() } catch (e) {\n  !echo {e}\n}", "echo §{e}"],
    ["class A { async m(p = 1) {\n  !echo {p} {m}\n} }", "echo §{p} {m}"],
    ["%%bash\necho {dir}\nf() { ls; }", "\necho §{dir}\nf() { ls; }"],
  ])("%j", (source, command) => {
    const withDollar = (text: string) => text.replaceAll("§", "$");
    expect(commandOf(withDollar(source))).toBe(withDollar(command));
  });
});

describe("a timed statement", () => {
  it.each([
    ["%time f()", "(f()"],
    ["%time f(); // slow", "(f()"],
    ["%time f(\n  1,\n)", "(f(\n  1,\n)"],
    ["%time await f()", "(await f()"],
    ["%timeit f()", ".value = (f()"],
    ["%timeit -n 10 -r3 f()", '{"loops":10,"runs":3}'],
    ["%timeit -q f()", '{"isQuiet":true}'],
    ["%timeit await f()", "async ("],
    ["%%timeit const a = 1\nf(a)", ";{ const a = 1; await"],
  ])("%j", (source, piece) => {
    const { edited, failure, hasCode } = read(source);
    expect(edited.text).toContain(piece);
    expect([failure, hasCode]).toEqual([undefined, true]);
  });

  it.each([
    ["%time", "needs a statement"],
    ["%timeit", "needs a statement"],
    ["%timeit -n 5", "needs a statement"],
    ["%timeit -n 0 f()", "≥ 1"],
    ["%timeit -r x f()", "≥ 1"],
    ["%timeit -z f()", "no option -z"],
    ["%%timeit\n", "needs code"],
    ["%npm", "%npm install"],
  ])("%j is refused", (source, piece) => {
    expect(read(source).failure).toMatchObject({
      ename: "UsageError",
      evalue: expect.stringContaining(piece),
    });
  });
});

test("every place of what is kept is found again, both ways", () => {
  const sources = [
    "%time dir.foo(1)",
    "%timeit -n 3 dir.foo",
    "const a = 1\n!echo {dir.foo} x {n}",
    "%cd /\ndir.foo",
    "%%time\ndir.foo",
    "%%timeit const b = n\ndir.foo",
    "#!/bin/x\ndir.foo",
  ];
  for (const source of sources) {
    const { edited } = read(source);
    const kept = source.indexOf(".foo");
    if (kept < 0) continue;
    expect(edited.text.slice(edited.toText(kept), edited.toText(kept) + 4), source).toBe(".foo");
    for (let at = 0; at <= 4; at++) expect(edited.toSource(edited.toText(kept + at)), source).toBe(kept + at);
  }
  for (const { name, kind } of magicTable)
    expect(findMagic(name, kind === "cell" ? "cell" : "line")).toBeDefined();
});

test("more magics than anybody writes are refused, not read one by one", () => {
  expect(read("!a b\n".repeat(100_000)).failure?.evalue).toContain("%%bash");
});
