import { hashNumbers } from "./hashNumbers.ts";
import type { Table } from "./readRuns.ts";

/** Hash of the runs (variables, response, weights): equal hashes mean that two fits saw the same runs. */
export function hashTable({ x, y, w }: Pick<Table, "x" | "y" | "w">): string {
  return hashNumbers([...x, y, w]);
}
