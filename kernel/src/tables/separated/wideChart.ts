import { excerpt } from "isoflop-datasets/csv";

/**
 * A chart of several runs as wandb's page exports it: a column of steps and, for each run, "RUN - METRIC" with its
 * smallest and largest value beside it ("…__MIN", "…__MAX"). It is read as one row a run and step.
 */
export interface WideChart {
  /** The columns of the long table: run, the step's column, and the metrics. */
  readonly header: readonly string[];
  /** Where each run's metrics stand, in the order of the metrics; -1 where it has none. */
  readonly runs: readonly { readonly name: string; readonly at: readonly number[] }[];
  readonly note: string;
}

const steps = /^(step|_step|global_step|trainer\/global_step|relative time.*|wall time|epoch|tokens?)$/i;

/** Reads a header as that of such a chart; undefined where it is none. */
export function wideChart(header: readonly string[]): WideChart | undefined {
  const [step, ...others] = header;
  if (step === undefined || others.length === 0) return undefined;
  const names = new Set(others);
  const isBound = (name: string) => /__(MIN|MAX)$/.test(name) && names.has(name.replace(/__(MIN|MAX)$/, ""));
  const values = others.filter((name) => !isBound(name));
  const hasBounds = values.length < others.length;
  if (!hasBounds && !(steps.test(step) && values.length > 0)) return undefined;
  const parts = values.map((name) => {
    const at = name.lastIndexOf(" - ");
    return at > 0 ? ([name.slice(0, at), name.slice(at + 3)] as const) : undefined;
  });
  if (parts.some((part) => part === undefined || part[1].trim() === "")) return undefined;
  const metrics = [...new Set(parts.map((part) => part![1]))];
  const runs = new Map<string, number[]>();
  for (const [k, part] of parts.entries()) {
    const [run, metric] = part!;
    const at = runs.get(run) ?? metrics.map(() => -1);
    at[metrics.indexOf(metric)] = header.indexOf(values[k]!);
    runs.set(run, at);
  }
  const count = runs.size === 1 ? "1 run" : `${runs.size} runs`;
  const shown = metrics.map((metric) => excerpt(metric)).join(", ");
  return {
    header: ["run", step, ...metrics],
    runs: [...runs].map(([name, at]) => ({ name, at })),
    note: `a chart of ${count} (${shown}), read as one row a run and step; --last-of run takes the last of each`,
  };
}

/** The rows of the long table that a row of the chart is; a run that has no value at this step has none. */
export function* longRows({ runs }: WideChart, cells: readonly string[]): Generator<string[]> {
  for (const { name, at } of runs) {
    const values = at.map((place) => (place < 0 ? "" : cells[place]!));
    if (values.every((value) => value.trim() === "")) continue;
    yield [name, cells[0]!, ...values];
  }
}
