import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Language } from "../../dist/language/Language.js";
import { startLanguage } from "../../dist/language/startLanguage.js";

const folder = mkdtempSync(join(tmpdir(), "isoflop-language-"));
const members: Record<string, string[]> = { loaded: ["alpha", "beta"] };
const language: Language = startLanguage({
  cwd: folder,
  runtimeMembers: async (expression) => members[expression] ?? [],
});

beforeEach(() => language.reset());
afterAll(async () => {
  await language.dispose();
  rmSync(folder, { recursive: true });
});

/** `line:column TScode message` of each diagnostic. */
async function check(code: string): Promise<string[]> {
  const found = await language.check(code);
  return found.map(({ line, column, code, message }) => `${line}:${column} TS${code} ${message}`);
}

/** Commits cells that must be free of errors. */
async function run(...cells: string[]): Promise<void> {
  for (const cell of cells) {
    expect(await check(cell)).toEqual([]);
    language.commit(cell);
  }
}

/** Completes at the `|`. */
async function complete(marked: string) {
  const cursor = marked.indexOf("|");
  return language.complete(marked.replace("|", ""), cursor);
}

const matches = async (marked: string) => (await complete(marked)).matches;

describe("a cell's types", () => {
  it("are checked strictly, with place and code, every error of the cell", async () => {
    expect(await check("const a: number = 'x';\nfunction f(p) {}\nconst b: string = null;")).toEqual([
      "1:7 TS2322 Type 'string' is not assignable to type 'number'.",
      "2:12 TS7006 Parameter 'p' implicitly has an 'any' type.",
      "3:7 TS2322 Type 'null' is not assignable to type 'string'.",
    ]);
  });

  it("come with the range of the error", async () => {
    expect(await language.check("\n  const abc: number = 'x'")).toMatchObject([
      { line: 2, column: 9, endLine: 2, endColumn: 12, severity: "error" },
    ]);
  });

  it("give the hint for a misspelt property", async () => {
    expect(await check("'a'.toUpperCas()")).toEqual([
      "1:5 TS2551 Property 'toUpperCas' does not exist on type '\"a\"'. Did you mean 'toUpperCase'?",
    ]);
  });

  it("are known to later cells", async () => {
    await run(
      "interface Run { n: number }\nconst run: Run = { n: 1 };",
      "function size(r: Run) { return r.n }",
    );
    expect(await check("size({ m: 1 }); run.k")).toEqual([
      "1:8 TS2353 Object literal may only specify known properties, and 'm' does not exist in type 'Run'.",
      "1:21 TS2339 Property 'k' does not exist on type 'Run'.",
    ]);
  });

  it("are not known before the cell is committed", async () => {
    await check("const early = 1");
    expect(await check("early")).toEqual(["1:1 TS2304 Cannot find name 'early'."]);
  });

  it("are forgotten by a reset", async () => {
    await run("const old = 1");
    language.reset();
    expect(await check("old")).toEqual(["1:1 TS2304 Cannot find name 'old'."]);
  });
});

describe("declaring a name again", () => {
  it.each([
    ["const x = 1", "const x = 'a'", "x.toUpperCase()"],
    ["let x = 1", "let x = 'a'", "x.toUpperCase()"],
    ["var x = 1", "const x = 'a'", "x.toUpperCase()"],
    ["function x() { return 1 }", "function x() { return 'a' }", "x().toUpperCase()"],
    ["class X { a = 1 }", "class X { a = 'a' }", "new X().a.toUpperCase()"],
    ["interface X { a: number }", "interface X { a: string }", "const x: X = { a: 'a' }"],
    ["type X = number", "type X = string", "const x: X = 'a'"],
    ["enum X { A = 1 }", "enum X { A = 'a' }", "X.A.toUpperCase()"],
    ["namespace X { export const a = 1 }", "namespace X { export const a = 'a' }", "X.a.toUpperCase()"],
    ["import { sep as x } from 'node:path'; x.length", "const x = [1]", "x.push(2)"],
    ["const enum X { A = 1 }", "const X = 'a'", "X.toUpperCase()"],
  ])("%s, then %s", async (first, second, use) => run(first, second, use));

  it("does not change what an earlier cell meant", async () => {
    await run("const unit = 1", "const twice = () => unit * 2", "const unit = 'kg'", "twice().toFixed()");
  });

  it("within one cell is an error", async () => {
    expect(await check("const a = 1; const a = 2")).toEqual([
      "1:7 TS2451 Cannot redeclare block-scoped variable 'a'.",
      "1:20 TS2451 Cannot redeclare block-scoped variable 'a'.",
    ]);
  });

  it("lets a cell use the name of an isoflop helper or a session global for itself", async () => {
    await run("const fit = 'mine', display = 1", "fit.toUpperCase(); display.toFixed()");
  });
});

describe("a variable of an earlier cell", () => {
  it("can be assigned, with its type kept", async () => {
    await run("let n = 1", "n = 2; n += 1; n++");
    expect(await check("n = 'a'")).toEqual(["1:1 TS2322 Type 'string' is not assignable to type 'number'."]);
  });

  it("keeps what its last assignment says of its type", async () => {
    await run(
      "let model: { run(): void } | undefined",
      "model = { run() {} }",
      "model.run()",
      "model = undefined",
    );
    expect(await check("model.run()")).toHaveLength(1);
  });

  it("keeps nothing once a function assigns it", async () => {
    await run(
      "let state: string | undefined",
      "function set() { state = 'on' }",
      "state = undefined",
      "set()",
    );
    expect(await check("state.length")).toEqual(["1:1 TS18048 'state' is possibly 'undefined'."]);
  });

  it("is told from constants and functions", async () => {
    await run("const c = 1; function f() {} class K {}");
    expect(await check("c = 2; f = null; K = null")).toEqual([
      "1:1 TS2588 Cannot assign to 'c' because it is a constant.",
      "1:8 TS2630 Cannot assign to 'f' because it is a function.",
      "1:18 TS2629 Cannot assign to 'K' because it is a class.",
    ]);
  });
});

describe("what a notebook may write", () => {
  it.each([
    "await Promise.resolve(1)",
    "for await (const x of [Promise.resolve(1)]) x.toFixed()",
    "{ a: 1, b: { c: 2 } }",
    "{ a: 1 }",
    "1, 2",
    "1 + 1;",
    "using u = { [Symbol.dispose]() {} }",
    "const big = 10n ** 20n",
    "const t = { a: 1 } satisfies Record<string, number>",
    "function dec(v: unknown, c: ClassDecoratorContext) {}\n@dec class A {}",
    "import { readFileSync } from 'node:fs'; readFileSync('a', 'utf8').length",
    "import path from 'path'; path.join('a')",
    "import type { Stats } from 'node:fs'; let s: Stats | undefined",
    "const fs = await import('node:fs'); fs.existsSync('x')",
    "require('node:fs'); __dirname.length; __filename.length; import.meta.url.length",
    "fetch('x'); setTimeout(() => {}, 1); structuredClone(1); new URL('http://x'); process.version",
    "// @ts-expect-error\nconst n: number = 'a'",
    "// @ts-nocheck\nconst n: number = 'a'",
    "const [a, ...b] = [1, 2, 3]; const { c = 1 } = { c: 2 }",
    "export const exported = 1; export default 2",
    "if (false) { 1 }",
    "// nothing",
    "",
  ])("%j has no error", async (code) => run(code));

  it("reports a @ts-expect-error that expects nothing", async () => {
    expect(await check("// @ts-expect-error\nconst n = 1")).toEqual([
      "1:1 TS2578 Unused '@ts-expect-error' directive.",
    ]);
  });

  it("only remarks on what makes no sense but runs", async () => {
    expect(await language.check("null ?? 1")).toMatchObject([{ code: 2871, severity: "warning" }]);
  });

  it("reports only the syntax of a cell that does not parse", async () => {
    expect(await check("const a: number = 'x';\nfoo(")).toEqual(["2:5 TS1005 ')' expected."]);
  });

  it("gives the install line for a missing package", async () => {
    expect(await check("import x from 'no-such-package/sub'")).toEqual([
      "1:15 TS2307 Cannot find module 'no-such-package/sub' or its corresponding type declarations.\n" +
        "npm install no-such-package (in a cell: %npm install no-such-package)",
    ]);
  });
});

describe("modules", () => {
  it("isoflop and isoflop-datasets resolve in a folder without node_modules", async () => {
    await run("import { chinchilla } from 'isoflop'; import { chinchillaFigure4 } from 'isoflop-datasets'");
    expect(await check("chinchilla.nope; chinchillaFigure4().nope")).toHaveLength(2);
  });

  it("isoflop's names are typed without an import", async () => {
    await run("fit(chinchilla, [{ nParams: 1e9, nTokens: 2e10, loss: 3 }])");
    expect(await check("fit(chinchilla)")).toMatchObject([expect.stringContaining("TS2554")]);
  });

  it("a local file's types are seen, with and without extension, and after an edit", async () => {
    writeFileSync(join(folder, "local.ts"), "export const value = 1;\n");
    writeFileSync(join(folder, "data.json"), '{ "rows": [1, 2] }');
    await run(
      "import { value } from './local.ts'; value.toFixed()",
      "import { value as again } from './local'; again.toFixed()",
      "import data from './data.json'; data.rows[0]?.toFixed()",
    );
    writeFileSync(join(folder, "local.ts"), "export const value = 'now text';\n");
    await run("import { value as edited } from './local.ts'; edited.toUpperCase()");
  });

  it("an error in a local file is shown at the import", async () => {
    writeFileSync(join(folder, "wrong.ts"), "export const a = 1;\n\nexport const b: number = 'x';\n");
    writeFileSync(join(folder, "chain.ts"), "export { b } from './wrong.ts';\n");
    expect(await check("import { b } from './chain.ts'")).toEqual([
      "1:19 TS2322 wrong.ts:3:14 Type 'string' is not assignable to type 'number'.",
    ]);
  });

  it("a package installed after its import failed is found", async () => {
    const cell = "import { late } from 'late-package'; late.toFixed()";
    expect(await check(cell)).toHaveLength(1);
    const installed = join(folder, "node_modules", "late-package");
    mkdirSync(installed, { recursive: true });
    writeFileSync(
      join(installed, "package.json"),
      '{"name": "late-package", "version": "1.0.0", "types": "i.d.ts"}',
    );
    writeFileSync(join(installed, "i.d.ts"), "export declare const late: number;\n");
    await run(cell);
  });

  it("a package that npm replaced has its new types", async () => {
    const installed = join(folder, "node_modules", "changing");
    const install = (version: string, declaration: string) => {
      mkdirSync(installed, { recursive: true });
      writeFileSync(
        join(installed, "package.json"),
        `{"name": "changing", "version": "${version}", "types": "i.d.ts"}`,
      );
      writeFileSync(join(installed, "i.d.ts"), declaration);
      writeFileSync(join(folder, "node_modules", ".package-lock.json"), `{"version": "${version}"}`);
    };
    install("1.0.0", "export declare const value: number;\n");
    await run("import { value } from 'changing'; value.toFixed()", "const kept = 1");
    install("2.0.0", "export declare const value: string;\n");
    await run("import { value } from 'changing'; value.toUpperCase(); kept.toFixed()");
  });

  it("a file that exists in memory only is imported like any other, also after a change", async () => {
    language.addModule("memory.ts", "export const held = 1;");
    await run("import { held } from './memory'; held.toFixed()");
    language.addModule("memory.ts", "export const held = 'text';");
    await run("import { held } from './memory.ts'; held.toUpperCase()");
    language.reset();
    expect(await check("import { held } from './memory'")).toHaveLength(1);
  });

  it("a file written after its import failed is found", async () => {
    expect(await check("import { late } from './late.ts'")).toHaveLength(1);
    writeFileSync(join(folder, "late.ts"), "export const late = 1;\n");
    await run("import { late } from './late.ts'; late.toFixed()");
  });
});

describe("session globals", () => {
  it("are typed without an import, from isoflop-kernel/session and from tslab", async () => {
    await run(
      "const handle = display('a', { id: 'x' }); handle.update('b'); clearOutput({ wait: true })",
      "display.html('<b>'); const name: string | null = prompt('Name')",
      "import { display as again } from 'isoflop-kernel/session'; again.md('a')",
      "import * as tslab from 'tslab'; tslab.display.html('<b>')",
    );
    expect(await check("display.htlm('<b>'); clearOutput({ wiat: true })")).toHaveLength(2);
  });
});

describe("what catch catches", () => {
  const caught = "try { 1 } catch (error) { error.message }";
  it.each([
    [undefined, true],
    [{ target: "es2022" }, true],
    [{ useUnknownInCatchVariables: false }, true],
    [{ strict: true, useUnknownInCatchVariables: false }, true],
    [{ strict: false }, true],
    [{ strict: true }, false],
    [{ useUnknownInCatchVariables: true }, false],
  ])("under the options %j is any: %j", async (compilerOptions, isAny) => {
    const cwd = mkdtempSync(join(tmpdir(), "isoflop-catch-"));
    if (compilerOptions) writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    const own = startLanguage({ cwd });
    try {
      const codes = (await own.check(caught)).map(({ code }) => code);
      expect(codes).toEqual(isAny ? [] : [18046]);
      expect(await own.check("try { 1 } catch (e: unknown) { e.message }")).not.toEqual([]);
    } finally {
      await own.dispose();
      rmSync(cwd, { recursive: true });
    }
  });
});

describe("a guard", () => {
  it("costs a later cell no more when it was run 150 times, and says what it says", async () => {
    await run("const often = JSON.parse('1') as number | undefined");
    for (let n = 0; n < 150; n++) {
      const cell = `if (!often) throw new Error("${n}")`;
      expect(await check(cell)).toEqual([]);
      language.commit(cell);
    }
    expect(await check("often.toFixed(0)")).toEqual([]);
  });

  it("tells nothing of its variable once its cell has failed", async () => {
    for (const kind of ["const", "let"]) {
      await run(`${kind} ${kind}1 = JSON.parse('1') as number | undefined`);
      if (kind === "let") await run("let1 = JSON.parse('1') as number | undefined");
      await run(`if (!${kind}1) throw 1`);
      language.failed();
      expect((await check(`${kind}1.toFixed(0)`))[0]).toContain("possibly 'undefined'");
      await run(`if (!${kind}1) throw 2`, `${kind}1.toFixed(0)`);
    }
  });
});

describe("completion", () => {
  it("gives members with their kinds and the range they replace", async () => {
    const { matches, cursorStart, cursorEnd, metadata } = await complete("const r = [1]; r.ma|");
    expect(matches).toEqual(["map"]);
    expect([cursorStart, cursorEnd]).toEqual([17, 19]);
    expect(metadata._jupyter_types_experimental).toEqual([
      { start: 17, end: 19, text: "map", type: "method", signature: "" },
    ]);
  });

  it("knows earlier cells, before everything else", async () => {
    await run("const chosen = { alpha: 1, beta: 2 }");
    expect((await matches("cho|"))[0]).toBe("chosen");
    expect(await matches("chosen.|")).toEqual(["alpha", "beta"]);
  });

  it.each([
    ["const m: 'fast' | 'slow' = '|'", ["fast", "slow"]],
    ["function f(o: { width: number; height: number }) {} f({ w| })", ["width"]],
    ["import { readFileS| } from 'node:fs'", ["readFileSync"]],
    ["import { createHa| } from 'node:crypto'", ["createHash"]],
    ["[1].map(x => x).at(0)!.toFix|", ["toFixed"]],
    ["const emoji = '😀'; emoji.toUpperC|", ["toUpperCase"]],
    ["chinchil|", ["chinchilla"]],
  ] as const)("%s", async (marked, expected) => {
    // The union's own bar is not the cursor.
    const cursor = marked.lastIndexOf("|");
    const found = await language.complete(marked.slice(0, cursor) + marked.slice(cursor + 1), cursor);
    expect(found.matches.slice(0, expected.length)).toEqual(expected);
  });

  it("gives module names", async () => {
    expect(await matches("import x from 'node:child_|'")).toEqual(["node:child_process"]);
  });

  it("offers what differs in case only where nothing fits better", async () => {
    expect(await matches("Math.sqrt|")).toEqual(["sqrt"]);
    expect(await matches("Math.SQRT|")).toEqual(["SQRT1_2", "SQRT2"]);
    expect(await matches("Math.sQrt|")).toEqual(["SQRT1_2", "SQRT2", "sqrt"]);
  });

  it("knows where a cell with magics is complete", async () => {
    const statusOf = async (code: string) => (await language.isComplete(code)).status;
    for (const code of [
      "%npm install lodash",
      "%check off\nconst a = 1",
      "!ls",
      "%time f()",
      "%tme f()",
      "%%bash\nls\n",
    ])
      expect([code, await statusOf(code)]).toEqual([code, "complete"]);
    for (const code of ["%time f(", "%%bash", "%%time\nf()", "%cd /\nif (a) {"])
      expect([code, await statusOf(code)]).toEqual([code, "incomplete"]);
    expect(await statusOf("%cd /\nconst = 1")).toBe("invalid");
  });

  it("completes and inspects the code of a magic, and the magic itself", async () => {
    await run("const shape = { width: 1, height: 2 }");
    for (const marked of [
      "%time shape.wi|",
      "%timeit -n 3 shape.wi|",
      "!echo {shape.wi|}",
      "!ls\nshape.wi|",
      "%%time\nshape.wi|",
    ]) {
      const { matches, cursorStart, cursorEnd } = await complete(marked);
      const at = marked.indexOf("wi|");
      expect([marked, matches, cursorStart, cursorEnd]).toEqual([marked, ["width"], at, at + 2]);
    }
    expect((await language.inspect("%time shape.width", 15, 0)).data["text/plain"]).toContain(
      "width: number",
    );
    expect((await language.inspect("%time shape.width", 3, 0)).data["text/plain"]).toContain(
      "%time STATEMENT",
    );
    expect(await matches("!sha|")).toEqual([]);
  });

  it("completes magics", async () => {
    expect(await matches("%t|")).toEqual(["%time", "%timeit"]);
    expect(await matches("%%|")).toEqual(["%%bash", "%%sh", "%%time", "%%timeit"]);
    expect(await matches("%cd /\n%%b|")).toEqual([]);
    expect(await matches("%cd /\n!ls\n  %w|")).toEqual(["%who", "%whos"]);
    expect(await matches("%ch|")).toEqual(["%check", "%check off", "%check on", "%check warn"]);
    expect(await matches("const x = 5\n%ch|")).not.toContain("%check off");
  });

  it("does not offer names of the session after a dot or in a string", async () => {
    await run("const secret = 1");
    expect(await matches("'a'.sec|")).toEqual([]);
    expect(await matches("'sec|'")).toEqual([]);
  });

  it("asks the running session for the members of an any", async () => {
    await run("const loaded: any = 1");
    expect(await matches("loaded.al|")).toEqual(["alpha"]);
  });

  it("shows nothing of the kernel's own modules", async () => {
    expect(await matches("__iso|")).toEqual([]);
  });
});

describe("inspection", () => {
  it("gives signature and documentation as markdown and as text", async () => {
    await run("/** Adds **two** numbers. */\nfunction add(a: number, b: number) { return a + b }");
    const { found, data } = await language.inspect("add(1, 2)", 1, 0);
    expect(found).toBe(true);
    expect(data["text/markdown"]).toBe(
      "```typescript\nfunction add(a: number, b: number): number\n```\nAdds **two** numbers.",
    );
    expect(data["text/plain"]).toBe("function add(a: number, b: number): number\nAdds two numbers.");
  });

  it("gives the source at detail level 1", async () => {
    await run("function half(x: number) {\n  return x / 2;\n}");
    const { data } = await language.inspect("half", 4, 1);
    expect(data["text/plain"]).toContain("return x / 2;");
  });

  it("gives a library's own code at detail level 1, or else its declaration", async () => {
    await run("import { computeOptimal as plan } from 'isoflop'");
    const own = await language.inspect("plan", 3, 1);
    expect(own.data["text/plain"]).toMatch(/function computeOptimal\([^)]*\)[^{]*\{/);
    const builtIn = await language.inspect("[1].map", 6, 1);
    expect(builtIn.data["text/plain"]).toContain("map<U>(callbackfn");
  });

  it("inside a call's parentheses tells of the function", async () => {
    const { data } = await language.inspect("Math.max(1, ", 12, 0);
    expect(data["text/plain"]).toContain("Math.max(...values: number[]): number");
  });

  it("finds nothing where nothing is", async () => {
    expect(await language.inspect("   ", 1, 0)).toEqual({ found: false, data: {} });
    expect(await language.inspect("nothingHere", 3, 0)).toMatchObject({ found: false });
  });
});

describe("what may go wrong", () => {
  it("a cell run again and again leaves no more than its last version behind", async () => {
    await run("let n = 0");
    for (let i = 0; i < 120; i++) language.commit("n = n + 1; const again = n");
    await run("again.toFixed(); n.toFixed()");
  });
});
