import { excerpt } from "isoflop-datasets/csv";

type Entry = Readonly<Record<string, unknown>>;

/**
 * Entries of a log as one row a step: a trainer writes training and evaluation losses of one step apart. Where a value is
 * logged twice for a step with different figures, as after a restart, the later one counts, and that is told.
 *
 * @param step what the entries call the step
 */
export function mergedSteps(entries: readonly Entry[], step: string): { rows: Entry[]; notes: string[] } {
  const rows = new Map<unknown, Record<string, unknown>>();
  const replaced = new Map<string, number>();
  for (const entry of entries) {
    const row = rows.get(entry[step]);
    if (!row) {
      rows.set(entry[step], { ...entry });
      continue;
    }
    for (const [name, value] of Object.entries(entry)) {
      if (Object.hasOwn(row, name) && !Object.is(row[name], value))
        replaced.set(name, (replaced.get(name) ?? 0) + 1);
      row[name] = value;
    }
  }
  // How long a step took and when it was logged differs between the entries of one step.
  const notes = [...replaced]
    .filter(([name]) => !/epoch|wall.?time|runtime|per_second|timestamp/i.test(name))
    .map(([name, count]) => `${excerpt(name)} is logged twice for ${count} steps; the later one counts`);
  return { rows: [...rows.values()], notes };
}
