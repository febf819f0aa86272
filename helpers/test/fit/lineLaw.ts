import type { Law } from "isoflop";

/** y = a + b x: everything about its least-squares fit has a closed form, which makes it an oracle. */
export const line: Law<"x", "a" | "b", "y"> = {
  name: "line",
  tex: "y = a + b x",
  source: "ordinary least squares",
  response: { name: "y", unit: "1", description: "response", domain: "real" },
  variables: [{ name: "x", unit: "1", description: "variable", domain: "real" }],
  parameters: [
    {
      name: "a",
      unit: "1",
      description: "intercept",
      domain: [-Infinity, Infinity],
      scale: "linear",
      start: [-1, 1],
    },
    {
      name: "b",
      unit: "1",
      description: "slope",
      domain: [-Infinity, Infinity],
      scale: "linear",
      start: [-1, 1],
    },
  ],
  linear: [
    { parameter: "a", given: [] },
    { parameter: "b", given: [] },
  ],
  evaluate(theta, x, n, value, jacobian) {
    for (let i = 0; i < n; i++) {
      value[i] = theta[0]! + theta[1]! * x[0]![i]!;
      jacobian[2 * i] = 1;
      jacobian[2 * i + 1] = x[0]![i]!;
    }
  },
};

/** Twelve points around y = 2 + 0.5 x. */
export const points = [-0.31, 0.12, 0.44, -0.27, 0.05, -0.48, 0.33, 0.21, -0.09, 0.38, -0.42, 0.04].map(
  (noise, x) => ({ x, y: 2 + 0.5 * x + noise }),
);

/** Ordinary least squares by the textbook. */
export function textbook(rows: readonly { x: number; y: number }[]) {
  const n = rows.length;
  const mean = (f: (row: { x: number; y: number }) => number) =>
    rows.reduce((sum, row) => sum + f(row), 0) / n;
  const mx = mean((row) => row.x);
  const my = mean((row) => row.y);
  const sxx = n * mean((row) => (row.x - mx) ** 2);
  const b = (n * mean((row) => (row.x - mx) * (row.y - my))) / sxx;
  const a = my - b * mx;
  const residuals = rows.map((row) => row.y - a - b * row.x);
  const rss = residuals.reduce((sum, r) => sum + r * r, 0);
  const s2 = rss / (n - 2);
  const sandwichB = rows.reduce((sum, row, i) => sum + ((row.x - mx) * residuals[i]!) ** 2, 0) / sxx ** 2;
  return {
    n,
    a,
    b,
    rss,
    s2,
    mx,
    sxx,
    seB: Math.sqrt(s2 / sxx),
    seA: Math.sqrt(s2 * (1 / n + mx ** 2 / sxx)),
    sandwichB,
  };
}
