import { formatFlops, type TrainingPlan } from "isoflop";
import type { Notebook } from "../../notebook/Notebook.ts";
import { planNotes, planTable, termsTable } from "./planText.ts";

/** A plan as a notebook that was already run, so that the report's own page can show it. */
export function planNotebook(plan: TrainingPlan, command: string): Notebook {
  const line = (cells: readonly string[]) => `| ${cells.map(asText).join(" | ")} |`;
  const table = ({ columns, rows }: ReturnType<typeof planTable>) =>
    [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
  const source = [
    `# A training run for ${formatFlops(plan.flops.value)} FLOPs`,
    asCode(`isoflop ${command}`),
    table(planTable(plan)),
    "## The laws behind it",
    table(termsTable(plan)),
    "## What to know before using it",
    planNotes(plan)
      .map((note) => `- ${asText(note)}`)
      .join("\n"),
  ].join("\n\n");
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { title: "Training plan", language_info: { name: "typescript" } },
    cells: [{ cell_type: "markdown", id: "plan", metadata: {}, source }],
  };
}

/** Markdown that shows a text as it is: names of sources and formulas are not meant as emphasis, links or tags. */
function asText(text: string): string {
  return text.replaceAll(/[\n\r]+/g, " ").replaceAll(/[\\`*_{}[\]<>|~$&#]/g, "\\$&");
}

/** A code span of a text, between more backticks than it has in a row. */
function asCode(text: string): string {
  const most = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(most + 1);
  return `${ticks} ${text.replaceAll(/[\n\r]+/g, " ")} ${ticks}`;
}
