import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimMimeType } from "isoflop";
import { afterAll, beforeEach, expect, test } from "vitest";
import { writeReports } from "../../src/report/writeReports.ts";

const root = mkdtempSync(join(tmpdir(), "isoflop-runs-"));
afterAll(() => rmSync(root, { recursive: true }));
let output: string;
let run = 0;
beforeEach(() => {
  run += 1;
  output = join(root, `out-${run}`);
});

const claim = (id: string) => ({
  id,
  source: "Nobody 2020, <b>Table 1</b> </script>",
  published: 1,
  reproduced: 1,
  tolerance: 0,
  verdict: "reproduced",
  note: "",
});

function notebook(name: string, title = `About ${name}`): string {
  const shown = { output_type: "display_data", data: { [claimMimeType]: claim(`of-${name}`) }, metadata: {} };
  const code = {
    cell_type: "code",
    id: "b",
    metadata: {},
    source: "1",
    outputs: [shown],
    execution_count: 1,
  };
  const text = { cell_type: "markdown", id: "a", metadata: {}, source: `# ${title}\n\nIt </script> holds.` };
  const path = join(root, `${name}.ipynb`);
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [text, code] }));
  return path;
}

const report = (...paths: string[]) => writeReports(paths, { output, kernel: ["never"], noRun: true });
const index = () => readFileSync(join(output, "index.html"), "utf8");
const claims = () => JSON.parse(readFileSync(join(output, "claims.json"), "utf8"));
/** Pages that cards of the index lead to. */
const cards = () => [...index().matchAll(/<h3><a href="([^"]+)">/g)].map((match) => match[1]);

test("runs into one folder, one after the other, have all their pages in the index and their claims in the list", async () => {
  for (const name of ["c", "a", "b"]) await report(notebook(name));
  expect(cards()).toEqual(["a.html", "b.html", "c.html"]);
  expect(claims().map((one: { notebook: string }) => one.notebook)).toEqual(["a", "b", "c"]);
  const [result, ...others] = await report(notebook("b", "Another title"));
  expect(others).toEqual([]);
  expect(result).toMatchObject({ name: "b", title: "Another title" });
  expect(cards()).toEqual(["a.html", "b.html", "c.html"]);
  expect(index()).toContain("Another title");
  expect(index()).not.toContain("About b");
});

test("one run has the order in which its notebooks were named", async () => {
  await report(notebook("z"), notebook("y"), notebook("x"));
  expect(cards()).toEqual(["z.html", "y.html", "x.html"]);
});

test("a page that was removed is gone from the index with the next run", async () => {
  await report(notebook("a"), notebook("b"));
  rmSync(join(output, "a.html"));
  await report(notebook("c"));
  expect(cards()).toEqual(["b.html", "c.html"]);
  expect(claims().map((one: { id: string }) => one.id)).toEqual(["of-b", "of-c"]);
});

test("a page of an earlier run is not overwritten by a notebook whose page would have its name", async () => {
  await report(notebook("index"));
  await report(notebook("index-notebook"));
  await report(notebook("INDEX-notebook"));
  expect(new Set(cards()).size).toBe(3);
  expect(cards()).toContain("index-notebook.html");
  expect(readFileSync(join(output, "index-notebook.html"), "utf8")).toContain("<h1 id=");
  expect(readFileSync(join(output, "index-notebook.html"), "utf8")).toContain("About index<");
  // And anew under the name it had.
  await report(notebook("index"));
  expect(new Set(cards()).size).toBe(3);
});

test("a run that fails keeps the earlier pages", async () => {
  await report(notebook("a"));
  writeFileSync(join(root, "broken.ipynb"), "{");
  await report(join(root, "broken.ipynb"), notebook("b"));
  expect(cards()).toEqual(["a.html", "b.html"]);
  expect(index()).toContain("broken.ipynb is not valid JSON");
  await report(notebook("c"));
  expect(cards()).toEqual(["a.html", "b.html", "c.html"]);
  expect(index()).not.toContain("is not valid JSON");
});

test.each([
  ["of another program", "<!doctype html><p>mine</p>"],
  ["empty", ""],
  ["without its data", '<script type="application/json" id="entries">'],
  ["with data that is none", '<script type="application/json" id="entries">{"a":</script></body>'],
  ["with a number for data", '<script type="application/json" id="entries">3</script></body>'],
  [
    "with forged entries",
    '<script type="application/json" id="entries">[{"name":"../a","title":3}, null, 7]</script></body>',
  ],
  [
    "with an entry that leads out",
    '<script type="application/json" id="entries">[{"name":"a","page":"../../etc/passwd","title":"x","summary":"","claims":[],"figures":0}]</script></body>',
  ],
  [
    "with claims that are none",
    '<script type="application/json" id="entries">[{"name":"a","title":"x","summary":"","claims":[{"id":1}],"figures":0}]</script></body>',
  ],
])("an index %s is written anew", async (_, text) => {
  await report(notebook("a"));
  writeFileSync(join(output, "index.html"), text);
  await report(notebook("b"));
  expect(cards()).toEqual(["b.html"]);
  expect(existsSync(join(output, "a.html"))).toBe(true);
});

test("every broken notebook is named, and the rest is written", async () => {
  const broken: Record<string, string> = {
    "not-json": "{",
    "of-another-format": '{"nbformat": 3, "cells": []}',
    "without-cells": '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    empty: "",
  };
  for (const [name, text] of Object.entries(broken)) writeFileSync(join(root, `${name}.ipynb`), text);
  const paths = [...Object.keys(broken).map((name) => join(root, `${name}.ipynb`)), join(root, "none.ipynb")];
  const results = await report(notebook("a"), ...paths, notebook("z"));
  expect(cards()).toEqual(["a.html", "z.html"]);
  for (const path of paths) {
    const { failure, hasNoPage } = results.find((one) => one.path === path)!;
    expect(failure).toContain(path);
    expect(hasNoPage).toBe(true);
  }
  output = join(root, "nothing");
  await expect(report(...paths)).rejects.toThrow(new RegExp(paths.join("[^]*\n[^]*")));
  expect(existsSync(output)).toBe(false);
});
