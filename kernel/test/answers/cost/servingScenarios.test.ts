import { expect, test } from "vitest";
import { addedColumns, answeredRow, unreadRow } from "../../../src/answers/cost/ScenarioTable.ts";
import { servingScenarios } from "../../../src/answers/cost/serving/servingScenarios.ts";

const table = servingScenarios();
const row = {
  model: "nvidia/Llama-3.1-8B-Instruct-FP8",
  hardware: "h100_sxm",
  precision: "fp8",
  engine: "vllm",
  tp: "0",
  batch: "8",
  load: "closed loop, concurrency",
  isl: "1024",
  osl: "256",
  measurement: "m1",
  quantity: "ttft",
  mine: "kept",
};

test("a row comes back with all its columns and the promised ones", () => {
  const answered = answeredRow(table, row);
  expect(answered).toMatchObject(row);
  const ends = ["", "_lo80", "_hi80", "_lo95", "_hi95"];
  const figures = ["ttft_s", "tpot_s", "tokens_per_s"].flatMap((name) => ends.map((end) => name + end));
  expect(addedColumns(table)).toEqual([...figures, "in_distribution", "note"]);
  expect(Object.keys(answered)).toEqual([...Object.keys(row), ...addedColumns(table)]);
  for (const name of ["ttft_s", "tpot_s", "tokens_per_s"]) {
    const [value, low80, high80, low95, high95] = ends.map((end) => answered[name + end] as number);
    expect([low95, low80, value, high80, high95]).toEqual(
      [low95!, low80!, value!, high80!, high95!].sort((a, b) => a - b),
    );
    expect(low95).toBeGreaterThan(0);
  }
  expect(answered.in_distribution).toBe(true);
});

test.each([
  [{ model: "Borges 1T" }, /Borges 1T/],
  [{ model: "" }, /model/],
  [{ hardware: "h900" }, /h900/],
  [{ isl: "dataset" }, /isl/],
  [{ isl: "-3" }, /isl/],
  [{ batch: "1e999" }, /batch/],
  [{ precision: "fp9\nfp8" }, /precision/],
  [{ tp: "3" }, /./],
])("%j has no answer, or one: numbers are empty and the note says why in one line", (cells, why) => {
  const answered = answeredRow(table, { ...row, ...cells });
  if (answered.ttft_s !== "") return;
  expect(answered.note).toMatch(/^no answer: /);
  expect(answered.note).toMatch(why);
  expect(answered.note).not.toContain("\n");
  for (const name of addedColumns(table).slice(0, -1)) expect(answered[name]).toBe("");
});

test("columns of the table that have the names of answers give way to them", () => {
  const { note, ttft_s } = unreadRow(table, { ...row, note: "mine", ttft_s: "3" }, "line 3 has\n2 cells");
  expect({ note, ttft_s }).toEqual({ note: "no answer: line 3 has 2 cells", ttft_s: "" });
});

test("arrivals that another row of the run states are taken, and said", () => {
  const open = { ...row, load: "Poisson arrivals", batch: "", notes: "ROUGE1: 38" };
  expect(answeredRow(table, open).note).toContain("no rate of arrivals");
  const answered = answeredRow(table, open, [open, { ...open, notes: "arrivals 1.5 requests/s scheduled" }]);
  expect(answered.note).toContain("arrivals of another row of the run");
  expect(answered).toMatchObject({ notes: "ROUGE1: 38", ttft_s: expect.any(Number) });
});
