import { formatCount, formatFlops, formatNumber, type Planned, type TrainingPlan } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";
import { wrapText } from "../../text/wrapText.ts";

const labels: Readonly<Record<keyof TrainingPlan, string>> = {
  flops: "training compute",
  nParams: "parameters",
  nTokens: "tokens",
  tokensPerParam: "tokens per parameter",
  loss: "loss",
  lossPenalty: "loss above the optimum",
  vocabSize: "vocabulary",
  learningRate: "learning rate",
  batchTokens: "batch",
  steps: "steps",
  gpuHours: "accelerator hours",
  days: "days",
  usd: "cost",
  inferenceFlops: "serving compute",
};

const counted = ["nParams", "nTokens", "vocabSize", "batchTokens", "steps", "gpuHours"];

function valueText(name: string, { value, interval }: Planned): string {
  const format = (x: number) => {
    if (name.toLowerCase().endsWith("flops")) return formatFlops(x);
    return counted.includes(name) ? formatCount(x) : formatNumber(x);
  };
  return interval ? `${format(value)} (${format(interval[0])} … ${format(interval[1])})` : format(value);
}

function entries(plan: TrainingPlan): [keyof TrainingPlan, Planned][] {
  return (Object.keys(labels) as (keyof TrainingPlan)[]).flatMap((name) => {
    const planned = plan[name];
    return planned === undefined ? [] : [[name, planned] as [keyof TrainingPlan, Planned]];
  });
}

/** The plan as a table: what, how much, in which unit, and where it comes from. */
export function planTable(plan: TrainingPlan): { columns: string[]; rows: string[][] } {
  return {
    columns: ["quantity", "value", "unit", "from"],
    rows: entries(plan).map(([name, planned]) => [
      labels[name],
      valueText(name, planned),
      planned.unit,
      planned.from,
    ]),
  };
}

/** Notes once each, with the quantities they are about. */
export function planNotes(plan: TrainingPlan): string[] {
  const about = new Map<string, string[]>();
  for (const [name, { notes }] of entries(plan)) {
    for (const note of notes) about.set(note, [...(about.get(note) ?? []), labels[name]]);
  }
  return [...about].map(([note, names]) => `${names.join(", ")}: ${note}`);
}

/** A plan as an aligned table with its notes beneath, in so many columns. */
export function planText(plan: TrainingPlan, width = Number.POSITIVE_INFINITY): string {
  const { columns, rows } = planTable(plan);
  const table = fittedTable(columns, rows, { width, footnotes: columns.indexOf("from") });
  const notes = planNotes(plan).flatMap((note) => wrapText(note, width, 2));
  return [table, ...(notes.length > 0 ? ["", ...notes] : [])].join("\n");
}
