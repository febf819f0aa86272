import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ForeignLanguageError, kernelFor } from "../../../src/notebook/foreign/kernelFor.ts";
import { notebookLanguage } from "../../../src/notebook/foreign/notebookLanguage.ts";
import { isoflopKernel } from "../../../src/notebook/kernelCommand.ts";
import type { Notebook, NotebookMetadata } from "../../../src/notebook/Notebook.ts";

const notebook = (metadata: NotebookMetadata): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata,
  cells: [],
});
const spec = (name: string, language?: string) => ({
  kernelspec: { name, display_name: name, ...(language !== undefined && { language }) },
});
const check = (metadata: NotebookMetadata) => kernelFor(notebook(metadata)).slice(isoflopKernel.length);

describe("a notebook's kernel", () => {
  test.each<[string, NotebookMetadata, string[]]>([
    ["ours", spec("isoflop", "typescript"), []],
    ["ours under another name", spec("ts-lab-7", "typescript"), []],
    ["one that says nothing", {}, []],
    ["one that only says TypeScript", { language_info: { name: "typescript" } }, []],
    ["tslab's", spec("tslab", "typescript"), ["--check", "warn"]],
    ["tslab's without a language", spec("tslab"), ["--check", "warn"]],
    ["Deno's", spec("deno", "typescript"), ["--check", "warn"]],
    ["one whose language is called deno", spec("whatever", "Deno"), ["--check", "warn"]],
    ["jslab's", spec("jslab", "javascript"), ["--check", "off"]],
    ["one of IJavascript", spec("javascript", "javascript"), ["--check", "off"]],
    ["one whose kernel is called javascript", spec("javascript"), ["--check", "off"]],
    ["JavaScript without a kernelspec", { language_info: { name: "javascript" } }, ["--check", "off"]],
  ])("is for %s", (_, metadata, expected) => {
    expect(check(metadata)).toEqual(expected);
  });

  test("was chosen later than the kernel that left its language behind", () => {
    expect(check({ ...spec("isoflop", "typescript"), language_info: { name: "python" } })).toEqual([]);
  });

  test.each<[string, NotebookMetadata]>([
    ["Python", spec("python3", "python")],
    ["Python", spec("python3")],
    ["Python", spec("conda-env-lab-py")],
    ["R", spec("ir", "R")],
    ["R", spec("ir")],
    ["Julia", spec("julia-1.10", "julia")],
    ["Julia", { language_info: { name: "julia" } }],
    ["C#", spec(".net-csharp", "C#")],
    ["C++", spec("xcpp17", "C++")],
    ["brainfuck", spec("bf", "brainfuck")],
  ])("there is none for %s: the error names the language and the way out", (language, metadata) => {
    expect(() => kernelFor(notebook(metadata), "n.ipynb")).toThrow(ForeignLanguageError);
    expect(() => kernelFor(notebook(metadata), "n.ipynb")).toThrow(`n.ipynb is a notebook in ${language}`);
    expect(() => kernelFor(notebook(metadata), "n.ipynb")).toThrow("--kernel");
  });

  test("what a terminal would obey is written out in the sentence", () => {
    expect(() => kernelFor(notebook(spec("x\u001b[2J", "\u202epython")))).toThrow("\\u202epython");
  });

  test("any metadata that the format allows has an answer", () => {
    const anything = fc.record(
      {
        kernelspec: fc.record(
          { name: fc.string(), display_name: fc.string(), language: fc.anything() },
          { requiredKeys: ["name", "display_name"] },
        ),
        language_info: fc.record({ name: fc.string() }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anything, (metadata) => {
        const { kind } = notebookLanguage(metadata as NotebookMetadata);
        expect(["own", "typescript", "javascript", "other"]).toContain(kind);
      }),
    );
  });
});
