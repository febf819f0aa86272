import { jupyterDisplay, lossContourFigure, residualsFigure } from "isoflop";
import type { Cell, MimeBundle, Notebook } from "../../notebook/Notebook.ts";
import { againstTable } from "./against.ts";
import type { Analysis } from "./analyse.ts";
import { comparisonTable, fitSummary, holdOutSummary, parameterTable, planTable } from "./analysisText.ts";
import { sweepOf } from "./sweepOf.ts";
import { escapeMarkdown, markdownTable } from "./tables.ts";

/** The analysis as a notebook that was already run, so that the report's own page can show it. */
export function analysisNotebook(
  analysis: Analysis,
  title: string,
  command: string,
  source: readonly string[],
): Notebook {
  const { law, plan, level, holdOuts, notes } = analysis;
  const cells: Cell[] = [
    markdown("title", `# ${title}\n\nThe law $${law.tex}$ (${law.source}) fitted to ${analysis.fit.n} runs.`),
    markdown("runs", `## What was read\n\n${bullets(source)}`),
    markdown(
      "fit",
      `## The fit: ${analysis.fit.status}\n\n${tableOf(parameterTable(analysis))}\n\n${bullets(fitSummary(analysis))}`,
    ),
    ...(notes.length > 0 ? [markdown("notes", `## What the runs cannot carry\n\n${bullets(notes)}`)] : []),
    ...(holdOuts.length > 0
      ? [markdown("holdout", `## Hold-out\n\n${bullets(holdOuts.map((one) => `${holdOutSummary(one)}.`))}`)]
      : []),
    ...(analysis.others.length > 0
      ? [markdown("laws", `## Laws side by side\n\n${tableOf(comparisonTable(analysis))}`)]
      : []),
    ...(analysis.against.length > 0
      ? [markdown("against", `## Beside published laws\n\n${tableOf(againstTable(analysis.against))}`)]
      : []),
    ...(plan
      ? [markdown("plan", `## Plan\n\n${tableOf(planTable(plan, level))}\n\nThe optimum lies ${plan.note}.`)]
      : []),
    ...figures(analysis, command),
  ];
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { title, language_info: { name: "typescript" } },
    cells,
  };
}

function figures({ law, fit, runs }: Analysis, command: string): Cell[] {
  const names = law.variables.map(({ name }) => name);
  if (
    law.response.name !== "loss" ||
    !names.includes("nParams") ||
    !names.includes("nTokens") ||
    names.length !== 2
  ) {
    return [];
  }
  // A page with a million points opens nowhere.
  const shown = sweepOf(runs.thinned(2000));
  const share = shown.length < runs.length ? ` ${shown.length} of ${runs.length} runs are drawn.` : "";
  const law2 = { name: law.name, predict: (run: { nParams: number; nTokens: number }) => fit.predict(run) };
  const bundles = [
    lossContourFigure(law2, shown, {
      caption: `The loss that ${law.name} predicts, the runs, and the efficient frontier.${share}`,
    }),
    residualsFigure([law2], shown, `What ${law.name} leaves unexplained, against compute.${share}`),
  ].map((figure) => figure[jupyterDisplay]());
  return [markdown("figures", "## Figures"), code(command, bundles)];
}

const markdown = (id: string, source: string): Cell => ({ cell_type: "markdown", id, metadata: {}, source });

const code = (source: string, bundles: readonly MimeBundle[]): Cell => ({
  cell_type: "code",
  id: "figures-code",
  metadata: {},
  source,
  execution_count: null,
  outputs: bundles.map((data) => ({ output_type: "display_data", data: { ...data }, metadata: {} })),
});

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n");

const tableOf = ({ columns, rows }: { columns: string[]; rows: string[][] }) => markdownTable(columns, rows);
