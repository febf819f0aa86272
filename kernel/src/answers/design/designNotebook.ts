import type { RunSetting } from "isoflop";
import type { Notebook } from "../../notebook/Notebook.ts";
import { answerNotebook, bulletList, figuresCell, markdownCell, tableOf } from "../fit/pageParts.ts";
import { escapeMarkdown } from "../fit/tables.ts";
import { narrowingFigure, settingFigure } from "./designFigures.ts";
import {
  type AskedDesign,
  alternativeTable,
  costText,
  leftMeaning,
  runTable,
  targetLines,
} from "./designText.ts";

/** A design as a notebook that was already run, so that the report's own page can show it. */
export function designNotebook(asked: AskedDesign, command: string, rows: readonly RunSetting[]): Notebook {
  const { name, found, design, budget, cost, notes } = asked;
  const title = `Which runs to make next, after ${name}`;
  const scales = found.variables.filter(({ isScale }) => isScale);
  const count = design.runs.length === 1 ? "One run is" : `${design.runs.length} runs are`;
  return answerNotebook(title, [
    markdownCell(
      "title",
      [
        `# ${escapeMarkdown(title)}`,
        escapeMarkdown(
          `${count} to leave ${(100 * design.left.law).toFixed(0)} % of the width of the 95 % interval of the law's value at the target, for ${costText(design.cost, cost)} of a budget of ${costText(budget, cost)}.`,
        ),
        `The law: \`${found.law.replaceAll("`", "'")}\`${found.decided ? "" : ` (the one that predicts, of ${found.set.length} that the rows do not tell apart)`}`,
        escapeMarkdown(`A run costs ${cost.formula}${cost.unit === "" ? "" : ` ${cost.unit}`}.`),
      ].join("\n\n"),
    ),
    markdownCell("target", `## The target\n\n${bulletList(targetLines(asked))}`),
    markdownCell(
      "runs",
      `## Runs to make\n\n${tableOf(runTable(asked))}\n\n${escapeMarkdown(`Percentages say ${leftMeaning}.`)}`,
    ),
    figuresCell("figures", command, [settingFigure(asked, scales, rows), narrowingFigure(asked)]),
    markdownCell("alternatives", `## Beside what is often done\n\n${tableOf(alternativeTable(asked))}`),
    ...(notes.length > 0 ? [markdownCell("notes", `## Notes\n\n${bulletList(notes)}`)] : []),
  ]);
}
