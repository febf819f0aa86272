import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { sweepDescriptors } from "../../../bench/soak/descriptors.js";
import { Notebook } from "../../../bench/soak/driver.js";
import {
  listGetters,
  listMethods,
  Sweep,
  sweepGetters,
  sweepGlobals,
  sweepKnown,
  sweepMethods,
  sweepNames,
} from "../../../bench/soak/names.js";
import { sweepValues } from "../../../bench/soak/values.js";

const seed = 20_261_126;

/** Cells that once silenced the kernel until its restart. */
const worst = [
  'import process from "node:process"; process.pid > 0',
  "const Promise = class {}; 1",
  "const Object = 5; Object",
  'import { setTimeout, setImmediate } from "node:timers"; typeof setImmediate',
  "const JSON = 1; const Buffer = 2; const String = 3; JSON + Buffer + String",
  "const Math = 5; throw Math",
  "(globalThis as any).process = 5",
  "const [Symbol, Array] = [1, 2]; Symbol + Array",
  "class Map {}; class Error {}; function Function() {}; 1",
  "const undefined = 1, NaN = 2, Infinity = 3, globalThis = 4; NaN",
  "using Set = { [Symbol.dispose]() {} }; 1",
  "const require = 1, display = 2, $code = 3, babelHelpers = 4; $code",
];

describe("after a cell that takes something from under the kernel, the next cells run, throw and find their state", () => {
  it("declaring a global's name, twelve that once broke it", async () => {
    const sweep = new Sweep();
    for (const cell of worst) await sweep.try(cell, cell);
    await sweep.close();
    expect(sweep.faults).toEqual([]);
    expect(sweep.counts["goes on"]).toBe(worst.length);
  });

  it("declaring a global's name in a cell, whichever and however", async () => {
    const { faults, counts } = await sweepNames({ tries: 60, seed });
    expect(faults).toEqual([]);
    expect(counts).toMatchObject({ "goes on": 60, replaced: 0 });
  });

  it("assigning, deleting and guarding globals themselves", async () => {
    const { faults, counts } = await sweepGlobals({ tries: 60, seed });
    expect(faults).toEqual([]);
    expect(counts).toMatchObject({ "goes on": 60 });
  });

  it("replacing methods of built-ins", async () => {
    const methods = listMethods(createRequire(import.meta.url));
    expect(methods.length).toBeGreaterThan(1000);
    const { faults, counts } = await sweepMethods({ methods, tries: 60, seed });
    expect(faults).toEqual([]);
    expect(counts["goes on"] + counts.replaced).toBe(60);
  });

  it("replacing computed properties of built-ins", async () => {
    const getters = listGetters(createRequire(import.meta.url));
    expect(getters.length).toBeGreaterThan(200);
    const ofTypedArrays = getters.filter(({ owner }) => owner.startsWith("Object.getPrototypeOf(Int8Array)"));
    const { faults, counts } = await sweepGetters({ getters, tries: 40, seed });
    expect(faults).toEqual([]);
    expect(counts["goes on"] + counts.replaced).toBe(40);
    const all = await sweepGetters({ getters: ofTypedArrays, seed });
    expect(all.faults).toEqual([]);
  });

  it("replacing those that the kernel or Node stand on, one upon the other", async () => {
    const { faults } = await sweepKnown({ isTogether: true });
    expect(faults).toEqual([]);
  });

  it("writing on descriptors, closing them, handing them to children", async () => {
    const { faults, counts } = await sweepDescriptors({ tries: 12, seed });
    expect(faults).toEqual([]);
    expect(counts["goes on"]).toBeGreaterThan(0);
  });

  it("errors and values that fight back; an interrupt ends those without an end", async () => {
    const { faults, counts } = await sweepValues({ tries: 50, endlessTries: 5, seed });
    expect(faults).toEqual([]);
    expect(counts).toEqual({ answered: 50, interrupted: 5 });
  });
});

describe("a notebook's variable with the name of a global", () => {
  const cases: [what: string, cells: string[], value: string][] = [
    ["is what later cells see", ["const URL = 5", "URL + 1"], "6"],
    ["is declared anew by a later cell", ["const Blob = 5", "const Blob = 'x'", "Blob"], "'x'"],
    ["is assigned by a later cell", ["let Event = 5", "Event = 7", "Event"], "7"],
    [
      "is seen by closures as it changes",
      ["let File = 5; const read = () => File", "File = 8", "read()"],
      "8",
    ],
    ["is asked for by typeof", ["const WeakRef = 5", "typeof WeakRef"], "'number'"],
    ["is not on globalThis", ["const DataView = 5", "typeof globalThis.DataView"], "'function'"],
    [
      "is nothing to packages and Node",
      [
        "const Buffer = 5, Map = 6",
        "import { readFileSync } from 'node:fs'",
        "readFileSync('/dev/null').length",
      ],
      "0",
    ],
    [
      "is nothing to the helpers",
      ["const Math = 5, Array = 6, Number = 7", "typeof countParams"],
      "'function'",
    ],
    ["is seen by an inner function's eval", ["const Headers = 5", "(() => eval('Headers'))()"], "5"],
    ["gives its name to a class", ["const Request = class {}", "Request.name"], "'Request'"],
    ["has its type", ["const Response = { a: 1 }", "const b: number = Response.a; b"], "1"],
    [
      "tells no package that it is in a browser",
      ["const window = 5, document = 6", "new Function('return typeof window')()"],
      "'undefined'",
    ],
  ];
  it("belongs to the notebook alone", async () => {
    const notebook = await Notebook.start();
    const told = [];
    for (const [what, cells] of cases) {
      let answer: string | undefined;
      for (const cell of cells) {
        const { value, message } = await notebook.run(cell, { seconds: 15 });
        answer = value ?? message;
      }
      told.push(`${what}: ${answer}`);
    }
    await notebook.close();
    expect(told).toEqual(cases.map(([what, , value]) => `${what}: ${value}`));
  });

  it("is completed by its own members", async () => {
    const notebook = await Notebook.start();
    await notebook.run("const performance = { mine8801: 1 }");
    expect(await notebook.complete("performance.")).toContain("mine8801");
    await notebook.close();
  });
});

describe("what the kernel notes for itself", () => {
  it("is not shown on promises and timers", async () => {
    const notebook = await Notebook.start();
    const shown = async (code: string) => (await notebook.run(code)).value;
    expect(await shown("Promise.resolve(5)")).toBe("Promise { 5 }");
    expect(await shown("(async () => { await null; return { a: [Promise.resolve('x')] } })()")).toContain(
      "Promise {",
    );
    expect(await shown("[Promise.resolve(1), { b: new Promise(() => {}) }]")).toBe(
      "[ Promise { 1 }, { b: Promise { <pending> } } ]",
    );
    expect(await shown("class Mine extends Promise<number> {}; Mine.resolve(2) as Promise<number>")).toMatch(
      /^Mine \[Promise\] \{ 2 \}$/,
    );
    expect((await notebook.run("console.log(Promise.resolve(5))")).stream).toBe("stdout: Promise { 5 }\n");
    expect(await shown("setTimeout(() => {}, 1)")).not.toContain("kResourceStore");
    await notebook.close();
  });
});
