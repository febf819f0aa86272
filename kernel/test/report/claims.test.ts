import { claimMimeType } from "isoflop";
import { expect, test } from "vitest";
import type { Notebook } from "../../src/notebook/Notebook.ts";
import { collectClaims, countVerdicts } from "../../src/report/claims.ts";
import { codeCell, fixtureNotebook, shown } from "./fixtureNotebook.ts";

const notebook = (...records: unknown[]): Notebook => ({
  ...fixtureNotebook(),
  cells: [
    codeCell(
      "a",
      "",
      records.map((record) => shown({ [claimMimeType]: record })),
    ),
  ],
});
const record = {
  id: "a",
  source: "s",
  published: 1,
  reproduced: 1,
  tolerance: 0.1,
  verdict: "reproduced",
  note: "",
};

test("claims are collected in the notebook's order, each once, with all fields", () => {
  const claims = collectClaims(fixtureNotebook());
  expect(claims.map(({ id }) => id)).toEqual(["exponent", "constant", "hours"]);
  expect(claims[1]).toEqual({
    id: "constant",
    source: "Nobody et al. 2020, Table 1",
    published: 1.69,
    reproduced: 1.8172,
    tolerance: { absolute: 0.02 },
    verdict: "differs",
    note: "the paper rounds before it fits",
  });
  expect(countVerdicts(claims)).toEqual({ reproduced: 1, differs: 1, "not checkable": 1 });
});

test("one id for two different claims is refused with the cell and the id", () => {
  expect(() => collectClaims(notebook(record, { ...record, reproduced: 1.05 }))).toThrow(
    'cell 1 has a second claim with the id "a" and other content',
  );
});

test("the same claim shown twice counts once", () => {
  expect(collectClaims(notebook(record, [record]))).toHaveLength(1);
});

test("evidence is kept where a claim names it", () => {
  const [claim] = collectClaims(notebook({ ...record, evidence: "refitted" }));
  expect(claim).toEqual({ ...record, evidence: "refitted" });
  expect(collectClaims(notebook(record))[0]).not.toHaveProperty("evidence");
});

test("a record that is no claim is refused with what it holds", () => {
  expect(() => collectClaims(notebook({ ...record, verdict: "fine" }))).toThrow('"verdict":"fine"');
});
