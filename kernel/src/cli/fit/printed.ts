import type { Law } from "isoflop";
import type { Analysis } from "../../answers/fit/analyse.ts";
import { analysisJson, groupsJson } from "../../answers/fit/analysisJson.ts";
import type { GroupFit } from "../../answers/fit/byGroups.ts";
import { groupSections } from "../../answers/fit/groupSections.ts";
import type { OutputRow } from "../../answers/fit/runRecords.ts";
import {
  analysisSections,
  type Section,
  sectionsLatex,
  sectionsMarkdown,
  sectionsText,
} from "../../answers/fit/sections.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";
import type { FitCommandOptions } from "./fitOptions.ts";

/** The result in the form that was asked for. */
export function printed(
  options: FitCommandOptions,
  analysis: Analysis,
  source: readonly string[],
  predictions: { rows: readonly OutputRow[]; level: number } | undefined,
): string {
  if (formatOf(options) === "json") {
    return JSON.stringify(analysisJson(analysis, source, predictions?.rows ?? null), undefined, 2);
  }
  return inFormat(options, analysisSections(analysis, source, predictions));
}

/** Fits to groups in the form that was asked for. */
export function printedGroups(
  options: FitCommandOptions,
  law: Law,
  groups: readonly GroupFit[],
  source: readonly string[],
  predictions: { rows: readonly OutputRow[]; level: number } | undefined,
): string {
  const { by, level } = options;
  if (formatOf(options) === "json") {
    return JSON.stringify(
      groupsJson(law, by!, groups, source, level, predictions?.rows ?? null),
      undefined,
      2,
    );
  }
  return inFormat(options, groupSections(law, by!, groups, source, level, predictions));
}

const formatOf = ({ json, outputFormat }: FitCommandOptions) => (json ? "json" : (outputFormat ?? "text"));

function inFormat(options: FitCommandOptions, sections: readonly Section[]): string {
  const format = formatOf(options);
  if (format === "md") return sectionsMarkdown(sections);
  return format === "tex" ? sectionsLatex(sections) : sectionsText(sections, terminalWidth(process.stdout));
}
