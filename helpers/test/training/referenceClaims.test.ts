import { referenceClaims, roundRecords } from "isoflop";
import { trainingReferenceFits } from "isoflop-datasets";
import { expect, test } from "vitest";

const rows = trainingReferenceFits();

test("each quantity of a fit becomes a claim with the recomputation's tolerance", () => {
  const [n, s] = referenceClaims(rows, "steplaw_regret", {
    mean_excess_loss_pct_steplaw_nearest_grid: 0.0957,
    median_excess_loss_pct_steplaw: 0.08,
    mean_excess_loss_pct_deepseek: "not run here",
  }).map(({ verdict, note }) => ({ verdict, note }));
  expect(n).toEqual({ verdict: "reproduced", note: "printed: 0.094 (1B/100B test point) (computed)" });
  expect(s?.verdict).toBe("differs");
});

test("a missing or unknown quantity and an unknown fit are refused", () => {
  expect(() => referenceClaims(rows, "power_eq5", {})).toThrow(
    "missing: eta_opt(T=10e12,B=1024), unknown: none",
  );
  expect(() => referenceClaims(rows, "power_eq5", { "eta_opt(T=10e12,B=1024)": 1, x: 2 })).toThrow(
    "unknown: x",
  );
  expect(() => referenceClaims(rows, "nothing", {})).toThrow("no reference fit is called nothing");
});

test("rounded records keep whole numbers and other fields, and refuse digits that mean nothing", () => {
  expect(roundRecords([{ law: "a", n: 123456, x: 0.00123456, none: undefined }])).toEqual([
    { law: "a", n: 123456, x: 0.001235, none: undefined },
  ]);
  expect(() => roundRecords([], 0)).toThrow("digits must be a whole number from 1 to 15, got 0");
});
