import { formatCount, formatFlops, formatNumber, type Planned, type TrainingPlan } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";
import { wrapText } from "../../text/wrapText.ts";

/** What a plan says in one number each. */
type Quantity = Exclude<keyof TrainingPlan, "terms" | "shares">;

const labels: Readonly<Record<Quantity, string>> = {
  flops: "training compute",
  nParams: "parameters",
  nParamsTotal: "parameters in memory",
  experts: "experts",
  nTokens: "tokens",
  epochs: "epochs",
  tokensPerParam: "tokens per parameter",
  loss: "loss",
  regret: "loss at risk",
  mixtureLoss: "loss of the mixture",
  lossPenalty: "loss above the optimum",
  vocabSize: "vocabulary",
  learningRate: "learning rate",
  batchTokens: "batch",
  batchPenalty: "loss for the batch",
  criticalBatch: "critical batch",
  steps: "steps",
  cooldownFrom: "cooldown from step",
  horizonFlops: "compute of all horizons",
  gpuHours: "accelerator hours",
  gpus: "accelerators",
  days: "days",
  usd: "cost",
  inferenceFlops: "serving compute",
};

const counted = [
  "nParams",
  "nParamsTotal",
  "nTokens",
  "vocabSize",
  "batchTokens",
  "criticalBatch",
  "steps",
  "cooldownFrom",
  "gpuHours",
  "gpus",
  "usd",
];

function valueText(name: string, { value, interval }: Planned): string {
  const format = (x: number) => {
    if (name.toLowerCase().endsWith("flops")) return formatFlops(x);
    return counted.includes(name) ? formatCount(x) : formatNumber(x);
  };
  const [shown, ...ends] = [value, ...(interval ?? [])].map(format) as [string, ...string[]];
  // Where a limit holds every draw the interval is the value.
  return ends.every((end) => end === shown) ? shown : `${shown} (${ends.join(" … ")})`;
}

function entries(plan: TrainingPlan): { name: string; label: string; planned: Planned }[] {
  const one = (name: string, label: string, planned: Planned | undefined) =>
    planned === undefined ? [] : [{ name, label, planned }];
  return [
    ...(Object.keys(labels) as Quantity[]).flatMap((name) => one(name, labels[name], plan[name])),
    ...Object.entries(plan.shares ?? {}).flatMap(([source, share]) =>
      one("share", `share of ${source}`, share),
    ),
  ];
}

/** The plan as a table: what, how much, in which unit, and where it comes from. */
export function planTable(plan: TrainingPlan): { columns: string[]; rows: string[][] } {
  return {
    columns: ["quantity", "value", "unit", "from"],
    rows: entries(plan).map(({ name, label, planned }) => [
      label,
      valueText(name, planned),
      planned.unit,
      planned.from,
    ]),
  };
}

/** Notes once each, with the quantities they are about. */
export function planNotes(plan: TrainingPlan): string[] {
  const about = new Map<string, string[]>();
  for (const { label, planned } of entries(plan)) {
    for (const note of planned.notes) about.set(note, [...(about.get(note) ?? []), label]);
  }
  return [...about].map(([note, names]) => `${names.join(", ")}: ${note}`);
}

/** The laws behind a plan as a table: what each says, where it comes from, and over which range. */
export function termsTable({ terms }: TrainingPlan): { columns: string[]; rows: string[][] } {
  const range = ([low, high]: readonly [number, number]) =>
    low === high ? formatCount(low) : `${formatCount(low)} to ${formatCount(high)}`;
  return {
    columns: ["law of", "runs", "fitted on", "from"],
    rows: terms.map(({ term, runs, fitted, from }) => [
      term,
      runs === undefined ? "" : String(runs),
      Object.entries(fitted)
        .map(([name, span]) => `${name} ${range(span)}`)
        .join(", ") || "not known",
      from,
    ]),
  };
}

/** A plan as an aligned table with the laws behind it and its notes beneath, in so many columns. */
export function planText(plan: TrainingPlan, width = Number.POSITIVE_INFINITY): string {
  const table = ({ columns, rows }: ReturnType<typeof planTable>) =>
    fittedTable(columns, rows, { width, footnotes: columns.indexOf("from") });
  const notes = planNotes(plan).flatMap((note) => wrapText(note, width, 2));
  return [
    table(planTable(plan)),
    "",
    table(termsTable(plan)),
    ...(notes.length > 0 ? ["", ...notes] : []),
  ].join("\n");
}
