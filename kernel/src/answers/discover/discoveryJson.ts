import type { Discovery } from "isoflop";
import type { OutputRow } from "../fit/runRecords.ts";

/** What `isoflop discover --json` writes. JSON has neither infinities nor NaN: they travel as words. */
export function discoveryJson(
  found: Discovery,
  notes: readonly string[],
  rows?: readonly OutputRow[],
): string {
  const { predictions, ...laws } = found;
  const set = found.set.map((one) => ({
    ...one,
    error: Number.isNaN(one.error) ? "nothing was held out" : one.error,
  }));
  const finiteOrText = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
  return JSON.stringify({ ...laws, set, notes, ...(rows && { predictions: rows }) }, finiteOrText, 2);
}
