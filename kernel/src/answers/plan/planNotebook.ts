import { formatFlops, type TrainingPlan } from "isoflop";
import type { Notebook } from "../../notebook/Notebook.ts";
import { planNotes, planTable, termsTable } from "./planText.ts";

/** A plan as a notebook that was already run, so that the report's own page can show it. */
export function planNotebook(plan: TrainingPlan, command: string): Notebook {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const table = ({ columns, rows }: ReturnType<typeof planTable>) =>
    [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
  const source = [
    `# A training run for ${formatFlops(plan.flops.value)} FLOPs`,
    `\`isoflop ${command}\``,
    table(planTable(plan)),
    "## The laws behind it",
    table(termsTable(plan)),
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
