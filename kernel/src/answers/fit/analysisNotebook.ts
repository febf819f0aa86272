import { lossContourFigure, residualsFigure } from "isoflop";
import type { Cell, Notebook } from "../../notebook/Notebook.ts";
import { againstTable } from "./against.ts";
import type { Analysis } from "./analyse.ts";
import { comparisonTable, fitSummary, holdOutSummary, parameterTable, planTable } from "./analysisText.ts";
import { answerNotebook, bulletList, figuresCell, markdownCell, tableOf } from "./pageParts.ts";
import { sweepOf } from "./sweepOf.ts";

/** The analysis as a notebook that was already run, so that the report's own page can show it. */
export function analysisNotebook(
  analysis: Analysis,
  title: string,
  command: string,
  source: readonly string[],
): Notebook {
  const { law, plan, level, holdOuts, notes } = analysis;
  const cells: Cell[] = [
    markdownCell(
      "title",
      `# ${title}\n\nThe law $${law.tex}$ (${law.source}) fitted to ${analysis.fit.n} runs.`,
    ),
    markdownCell("runs", `## What was read\n\n${bulletList(source)}`),
    markdownCell(
      "fit",
      `## The fit: ${analysis.fit.status}\n\n${tableOf(parameterTable(analysis))}\n\n${bulletList(fitSummary(analysis))}`,
    ),
    ...(notes.length > 0
      ? [markdownCell("notes", `## What the runs cannot carry\n\n${bulletList(notes)}`)]
      : []),
    ...(holdOuts.length > 0
      ? [
          markdownCell(
            "holdout",
            `## Hold-out\n\n${bulletList(holdOuts.map((one) => `${holdOutSummary(one)}.`))}`,
          ),
        ]
      : []),
    ...(analysis.others.length > 0
      ? [markdownCell("laws", `## Laws side by side\n\n${tableOf(comparisonTable(analysis))}`)]
      : []),
    ...(analysis.against.length > 0
      ? [markdownCell("against", `## Beside published laws\n\n${tableOf(againstTable(analysis.against))}`)]
      : []),
    ...(plan
      ? [
          markdownCell(
            "plan",
            `## Plan\n\n${tableOf(planTable(plan, level))}\n\nThe optimum lies ${plan.note}.`,
          ),
        ]
      : []),
    ...figures(analysis, command),
  ];
  return answerNotebook(title, cells);
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
  const drawn = [
    lossContourFigure(law2, shown, {
      caption: `The loss that ${law.name} predicts, the runs, and the efficient frontier.${share}`,
    }),
    residualsFigure([law2], shown, `What ${law.name} leaves unexplained, against compute.${share}`),
  ];
  return [markdownCell("figures", "## Figures"), figuresCell("figures-code", command, drawn)];
}
