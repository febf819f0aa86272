import { rangeNote } from "../../format/rangeNote.ts";
import type { PlanSource } from "./PlanSource.ts";

/** How far values lie outside the runs behind each law, one sentence a law and variable. */
export function rangeNotes(
  sources: readonly PlanSource[],
  values: Readonly<Record<string, number | undefined>>,
): string[] {
  return sources.flatMap(({ term, fitted }) =>
    Object.entries(fitted).flatMap(([name, range]) => {
      const value = values[name];
      const note = value === undefined ? undefined : rangeNote(name, value, range);
      if (note === undefined) return [];
      return [term === "loss" ? note : `${note} of the law of ${term}`];
    }),
  );
}
