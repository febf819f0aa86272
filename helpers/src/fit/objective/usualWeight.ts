import { quantileOfSorted } from "../../numerics/quantile.ts";
import type { Table } from "./readRuns.ts";

/** The median weight of the runs that have one: what one more run like them weighs, whatever the weights' scale. */
export function usualWeight({ w }: Pick<Table, "w">): number {
  return quantileOfSorted(w.filter((weight) => weight > 0).sort(), 0.5);
}
