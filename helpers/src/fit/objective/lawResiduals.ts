import type { Law } from "../../laws/definition/Law.ts";
import type { Table } from "./readRuns.ts";

/** A law's predictions for the rows of a table. */
export function lawValues(law: Law, theta: Float64Array, { x, n }: Pick<Table, "x" | "n">): Float64Array {
  const value = new Float64Array(n);
  law.evaluate(theta, x, n, value, new Float64Array(n * theta.length));
  return value;
}

/** Prediction minus observation, of the logarithms unless `raw`. */
export function lawResiduals(
  law: Law,
  theta: Float64Array,
  table: Pick<Table, "x" | "n" | "y">,
  residual: "log" | "raw" = "log",
): Float64Array {
  const value = lawValues(law, theta, table);
  return value.map((v, i) => (residual === "raw" ? v - table.y[i]! : Math.log(v) - Math.log(table.y[i]!)));
}
