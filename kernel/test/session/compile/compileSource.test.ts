import vm from "node:vm";
import { beforeEach, describe, expect, test } from "vitest";
import { compileSource } from "../../../src/session/compile/compileSource.ts";
import { UsingContext } from "../../../src/session/globals/usingContext.ts";
import { TracedMap } from "../../../src/session/maps/TracedMap.ts";

type Cell = (
  load: unknown,
  meta: object,
  using: UsingContext,
  resumed: <T>(value: T) => T,
) => Promise<{ value: unknown } | undefined>;

/** A session in miniature: a context whose `let`s outlive the cells, as the executor makes them. */
class Session {
  readonly #context = vm.createContext({ console, Symbol });
  readonly #declared = new Set<string>();
  /** What the executor checks after each await. */
  resumed = <T>(value: T): T => value;

  async run(source: string, load?: (name: string) => object): Promise<unknown> {
    return (await this.result(source, load))?.value;
  }

  async result(source: string, load: (name: string) => object = () => ({})) {
    const { code, names } = compileSource("cell.ts", source);
    const fresh = names.filter((name) => !this.#declared.has(name));
    for (const name of fresh) this.#declared.add(name);
    if (fresh.length > 0) vm.runInContext(`let ${fresh.join()}`, this.#context);
    const named = (from: Record<string, unknown>, name: string) => from[name];
    const importer = Object.assign(async (name: string) => load(name), { named });
    const using = new UsingContext();
    const result = await (vm.runInContext(code, this.#context) as Cell)(
      importer,
      { url: "file:///nb" },
      using,
      this.resumed,
    );
    await using.d();
    return result;
  }
}

let session: Session;
beforeEach(() => {
  session = new Session();
});

describe("compileSource", () => {
  test.each([
    ["1 + 1", 2],
    ["5; // five", 5],
    ["5;;", 5],
    ["const x = 1", undefined],
    ["let a = 1; a = 4", 4],
    ["await Promise.resolve(7)", 7],
    ["'use strict'", "use strict"],
    ["for (const i of [1, 2]) i", undefined],
    ["null", null],
    ["enum E { A, B }\nE.B", 1],
    ["namespace N { export const z = 3 }\nN.z", 3],
    ["import.meta.url", "file:///nb"],
    ["export const y = 2; y", 2],
    ["export default 6", 6],
    ["class A { constructor(private q: number) {} get() { return this.q } }\nnew A(3).get()", 3],
  ])("the value of %s is %s", async (source, value) => {
    expect(await session.run(source)).toEqual(value);
  });

  test("an object literal as a whole cell is an object", async () => {
    expect(await session.run("{ a: 1, b: [2] }")).toEqual({ a: 1, b: [2] });
  });

  test("a promise as the value is not awaited", async () => {
    const result = await session.result("Promise.resolve(1)");
    expect(Object.prototype.toString.call(result?.value)).toBe("[object Promise]");
  });

  test("every kind of declaration can be declared anew as another kind", async () => {
    for (const declaration of [
      "const v = 1",
      "let v = 1",
      "var v = 1",
      "function v() {}",
      "class v {}",
      "enum v { A }",
      "import v from 'x'",
      "const { v } = { v: 1 }",
    ]) {
      await session.run(declaration, () => ({ default: 1 }));
    }
    expect(await session.run("v")).toBe(1);
  });

  test("a function sees what a later cell assigns, and its own later definition", async () => {
    await session.run(
      "let n = 1; function read() { return n } function twice(k: number): number { return k > 0 ? twice(k - 1) : 0 }",
    );
    await session.run("n = 5");
    expect(await session.run("read()")).toBe(5);
    await session.run("const first = twice; function twice(k: number) { return 42 }");
    expect(await session.run("first(1)")).toBe(42);
  });

  test("what was declared before a throw stays", async () => {
    await expect(session.run("const kept = 1; throw new Error('stop')")).rejects.toThrow("stop");
    expect(await session.run("kept")).toBe(1);
  });

  test("var in blocks and loop heads belongs to the session, let does not", async () => {
    await session.run(
      "for (var i = 0, n = 3; i < n; i++) { var inner = i } for (var k of [7]) {} if (true) { let hidden = 1 }",
    );
    expect(await session.run("[i, n, inner, k, typeof hidden]")).toEqual([3, 3, 2, 7, "undefined"]);
  });

  test("a function is there before its line, an import before the code above it", async () => {
    expect(
      await session.run("f(a);\nfunction f(x: number) { return x }\nimport { a } from 'x'\nf(a)", () => ({
        a: 8,
      })),
    ).toBe(8);
  });

  test("statements without semicolons do not run into each other", async () => {
    expect(await session.run("const p = 1\nconst { q } = { q: 2 }\nlet r\nconst [s] = [3]\np + q + s")).toBe(
      6,
    );
  });

  test("using at the top of a cell is disposed of at its end and stays declared", async () => {
    await session.run(
      "const log: string[] = []; using r = { [Symbol.dispose]() { log.push('gone') } }; log.push('in')",
    );
    expect(await session.run("log.join()")).toBe("in,gone");
  });

  test("every await, in functions too, is followed by a look for an interrupt", async () => {
    const seen: unknown[] = [];
    session.resumed = (value) => {
      seen.push(value);
      return value;
    };
    await session.run(
      "async function f() { return (await 1) + (await (await (async () => 2)())) }\nconst [a] = [await f()]; a",
    );
    expect(seen).toEqual([1, 2, 2, 3]);
  });

  test("so does every round of a for await, whatever its body is, before anything else in it", async () => {
    const looks: string[] = [];
    session.resumed = (value) => {
      looks.push(String(value));
      return value;
    };
    const three = "async function* three() { yield 1; yield 2; yield 3 }";
    for (const [code, value, count] of [
      ["let sum = 0; for await (const n of three()) { sum += n }; sum", 6, 3],
      ["sum = 0; for await (const n of three()) sum += n\nsum", 6, 3],
      ["sum = 0; for await (const n of three()) sum += await n\nsum", 6, 6],
      ["sum = 0; for await (const n of three()) for await (const m of three()) sum += n * m\nsum", 36, 12],
      ["sum = 0; for await (var v of three()) var w = v\nw + v", 6, 0],
      ["sum = 0; for await (const n of three()) { 'use strict'; var u = n }\nu", 3, 3],
      ["sum = 0; for await (const n of three()) if (n > 1) sum += n; sum", 5, 3],
      ["sum = 0; const f = async () => { for await (const n of three()) sum += n }; await f(); sum", 6, 4],
    ] as const) {
      looks.length = 0;
      expect(await session.run(`${three}; ${code}`)).toBe(value);
      expect([code, looks.length]).toEqual([code, count]);
    }
  });

  test.each([
    ["for (const x of [1, 2]) var v = x; v", 2],
    ["for (const x of [1, 2]) var { p } = { p: x }\np", 2],
    ["if (false) var u = 5; typeof u", "undefined"],
    ["if (false) var a1 = 1; else var b1 = 2, c1 = 3\nb1 + c1", 5],
    ["let n = 0; while (n++ < 3) var w = n; w", 3],
    ["do var d = 4; while (false)\nd", 4],
    ["label: var l = 6; l", 6],
    ["for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) var s = i + j; s", 2],
    ["if (true) if (false) var m1 = 1; else var m2 = 2; [m1, m2].join()", ",2"],
    ["for await (const x of [1, 2]) var aw = x; aw", 2],
    ["for (const k in { a: 1, b: 2 }) var last = k\nlast", "b"],
  ])("a var that is all of a body stays in it: %s", async (code, value) => {
    expect(await session.run(code)).toBe(value);
  });

  test.each(["$import", "$meta", "$using", "$resumed", "$m", "$", "$$import", "$$"])(
    "a cell may call its own %s",
    async (name) => {
      expect(await session.run(`const ${name} = await 3; ${name} + 1`)).toBe(4);
      expect(
        await session.run(`import ${name} from "node:path"; typeof ${name}.join`, () => ({
          default: { join() {} },
        })),
      ).toBe("function");
      expect(
        await session.run(`let ${name} = 0; for await (const n of [1, 2]) { ${name} += n }; ${name}`),
      ).toBe(3);
      expect(await session.run(`const ${name} = typeof import.meta; ${name}`)).toBe("object");
    },
  );

  test("imports keep names that only later cells use", () => {
    expect(
      compileSource("cell.ts", "import d, { a as b } from 'x'; import * as ns from 'y'").names.sort(),
    ).toEqual(["b", "d", "ns"]);
  });

  test("a position of the running code leads back to the TypeScript line and column", () => {
    const source =
      "interface A { x: number }\nconst value: number = 3;\nfunction f<T>(x: T): T {\n  throw new Error(String(x));\n}\nf(value)";
    const { code, maps } = compileSource("cell.ts", source);
    const lines = code.split("\n");
    const line = lines.findIndex((each) => each.includes("throw"));
    let at = { line: line + 1, column: lines[line]?.indexOf("throw") ?? -1 };
    for (const map of maps) at = new TracedMap(map).toOriginal(at) ?? at;
    expect(at).toEqual({ line: 4, column: 2 });
  });

  test("a cell that cannot be read says where", () => {
    expect(() => compileSource("cell.ts", "const a = 1;\nlet s = ;")).toThrow("(cell 2:9)");
  });

  test("JSX is read where the cell has it, a generic arrow and an assertion are not taken for it", () => {
    expect(compileSource("cell.ts", "const el = <b>hi</b>").code).toContain("jsx");
    expect(compileSource("cell.ts", "const f = <T>(x: T) => <number><unknown>x").code).not.toContain("jsx");
  });
});
