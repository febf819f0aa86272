import {
  type EngineEstimate,
  modelNamed,
  type ServingScenario,
  servingEstimator,
  servingPanel,
} from "isoflop";
import { expect, test } from "vitest";
import { addressOfChoice, choiceFromAddress } from "../../src/browser/serving/choiceInAddress.ts";
import { loads, servingView } from "../../src/browser/serving/servingView.ts";

const { widget, point } = servingPanel({
  models: { "Llama-3.1-8B": modelNamed("Llama-3.1-8B") },
  accelerators: ["h100-sxm-80gb"],
  caption: "What does a token cost?",
  start: { concurrency: 48 },
});
const { start } = widget;
const estimate = servingEstimator(widget);

test("the panel begins with what the notebook computed, and draws its load among the others", () => {
  const view = servingView(widget, start, estimate);
  expect(view.point).toEqual(point);
  expect(view.latency.table.rows.map((row) => row[1])).toEqual([...loads, 48].sort((a, b) => a - b));
  expect(view.cost.data.at(-1)).toMatchObject({ name: "chosen", x: [48] });
  expect(view.left).toBe("");
});

test("loads without an estimate are left out in words; the chosen one's is the reader's to know", () => {
  const least =
    (limit: number) =>
    (scenario: ServingScenario): EngineEstimate => {
      if (scenario.load.kind === "closed" && scenario.load.concurrency > limit)
        throw new RangeError("no room");
      return estimate(scenario);
    };
  const view = servingView(widget, start, least(128));
  expect(view.latency.table.rows).toHaveLength(9);
  expect(view.left).toBe("3 of 11 loads have no estimate: no room");
  expect(() => servingView(widget, start, least(32))).toThrow("no room");
});

test("a choice comes back from the address it was written to, and others' names there are kept", () => {
  const choice = { ...start, model: "a b&c=d", concurrency: 7, usdPerHour: 2.5 };
  const query = addressOfChoice(choice, start, "figure-3", "?figure-1.model=x&q=1");
  expect(choiceFromAddress(start, "figure-3", query)).toEqual(choice);
  expect(choiceFromAddress(start, "figure-1", query)).toEqual({ ...start, model: "x" });
  expect(new URLSearchParams(query).get("q")).toBe("1");
});

test("what is as in the notebook is not written, and what is no number does not count as one", () => {
  expect(addressOfChoice(start, start, "figure-3", "?figure-3.concurrency=9")).toBe("");
  for (const text of ["", " ", "many", "Infinity", "NaN"]) {
    const query = `?figure-3.concurrency=${text}`;
    expect(choiceFromAddress(start, "figure-3", query)).toEqual(start);
  }
});
