import type { Law } from "isoflop";

/** y = c + m x with raw residuals: everything about it is known in closed form. */
export const straightLine: Law<"x", "c" | "m", "y"> = {
  name: "straight line",
  tex: "y = c + m x",
  source: "test",
  response: { name: "y", unit: "1", description: "", domain: "real" },
  variables: [{ name: "x", unit: "1", description: "", domain: "real" }],
  parameters: [
    { name: "c", unit: "1", description: "", domain: [-1e6, 1e6], scale: "linear", start: [-10, 10] },
    { name: "m", unit: "1", description: "", domain: [-1e6, 1e6], scale: "linear", start: [-10, 10] },
  ],
  linear: [
    { parameter: "c", given: [] },
    { parameter: "m", given: [] },
  ],
  evaluate(theta, x, n, value, jacobian) {
    for (let i = 0; i < n; i++) {
      value[i] = theta[0]! + theta[1]! * x[0]![i]!;
      jacobian[2 * i] = 1;
      jacobian[2 * i + 1] = x[0]![i]!;
    }
  },
};

export const lineRuns = [-3, -2, -1, 0, 1, 2, 3, 10].map((x, i) => ({
  x,
  y: 2 + 0.5 * x + [0.3, -0.2, 0.1, -0.4, 0.2, 0.1, -0.3, 1.5][i]!,
}));

/** Leverage of a point among the runs of a straight line: 1/n + (x − mean)² / Sxx. */
export function leverage(x: number): number {
  const n = lineRuns.length;
  const mean = lineRuns.reduce((sum, run) => sum + run.x, 0) / n;
  const sxx = lineRuns.reduce((sum, run) => sum + (run.x - mean) ** 2, 0);
  return 1 / n + (x - mean) ** 2 / sxx;
}
