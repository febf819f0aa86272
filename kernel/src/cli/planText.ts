import { formatCount, formatFlops, formatNumber, type Planned, type TrainingPlan, textTable } from "isoflop";
import type { Notebook } from "../notebook/Notebook.ts";

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

function planTable(plan: TrainingPlan): { columns: string[]; rows: string[][] } {
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
function planNotes(plan: TrainingPlan): string[] {
  const about = new Map<string, string[]>();
  for (const [name, { notes }] of entries(plan)) {
    for (const note of notes) about.set(note, [...(about.get(note) ?? []), labels[name]]);
  }
  return [...about].map(([note, names]) => `${names.join(", ")}: ${note}`);
}

/** A plan as an aligned table with its notes beneath. */
export function planText(plan: TrainingPlan): string {
  const { columns, rows } = planTable(plan);
  const notes = planNotes(plan);
  return [textTable(columns, rows), ...(notes.length > 0 ? ["", ...notes] : [])].join("\n");
}

/** A plan as a notebook that was already run, so that the report's own page can show it. */
export function planNotebook(plan: TrainingPlan, command: string): Notebook {
  const { columns, rows } = planTable(plan);
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const source = [
    `# A training run for ${formatFlops(plan.flops.value)} FLOPs`,
    `\`isoflop ${command}\``,
    [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n"),
    "## What to know before using it",
    planNotes(plan)
      .map((note) => `- ${note}`)
      .join("\n"),
  ].join("\n\n");
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { title: "Training plan", language_info: { name: "typescript" } },
    cells: [{ cell_type: "markdown", id: "plan", metadata: {}, source }],
  };
}
