import type { Command } from "commander";
import type { DiscoverOptions } from "isoflop";
import {
  type DiscoverColumns,
  type DiscoverTableRows,
  readDiscoverRows,
} from "../../answers/discover/readDiscoverRows.ts";
import type { TableFile } from "../../tables/loadAllRuns.ts";
import { formatOption } from "../inputs/formatOption.ts";
import { parsePaths } from "../options/pathValues.ts";
import { UsageError } from "../options/UsageError.ts";
import { parseCount } from "../optionValues.ts";

/** What says of a table which law is sought, as commander gives it. */
export interface SearchOptions {
  response: string[];
  scale?: string[];
  group?: string;
  ignore?: string[];
  decreasing?: string[];
  maxParameters?: number;
  format?: string;
}

const names = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** Adds the argument and the options of those commands that find a law. */
export function addSearchOptions(command: Command): Command {
  return command
    .argument("<runs...>", "files with one run a row; - for standard input", parsePaths)
    .requiredOption("--response <columns>", "what to predict; several are separated by commas", names)
    .option("--scale <columns>", "along which the future lies, such as N,D", names)
    .option("--group <column>", "amplitudes are each group's own, exponents where the rows say so")
    .option("--ignore <columns>", "columns that are no variables", names)
    .option("--decreasing <columns>", "along which the response may only fall", names)
    .option("--max-parameters <count>", "the most a law may have, for one group", parseCount)
    .addOption(formatOption());
}

/** @throws UsageError where no response is named */
export function checkResponse({ response }: SearchOptions): void {
  if (response.length === 0) throw new UsageError("--response must name a column, got nothing; such as loss");
}

/** The rows of the tables that are searched. */
export function readSearched(
  files: readonly TableFile[],
  options: SearchOptions,
): Promise<DiscoverTableRows> {
  return readDiscoverRows(files, columnsAsked(options));
}

/** Points of a table that needs no response. */
export function readPoints(path: string, options: SearchOptions): Promise<DiscoverTableRows> {
  const asked = columnsAsked({ ...options, response: [] });
  return readDiscoverRows([{ path }], { ...asked, ignore: [...asked.ignore, ...options.response] });
}

function columnsAsked({ response, scale, decreasing, group, ignore }: SearchOptions): DiscoverColumns {
  return {
    numbers: [...response, ...(scale ?? []), ...(decreasing ?? [])],
    texts: group === undefined ? [] : [group],
    ignore: ignore ?? [],
  };
}

/** The question to the package. */
export function searchOf(options: SearchOptions, points?: DiscoverTableRows): DiscoverOptions {
  const { response, scale, group, ignore = [], decreasing, maxParameters } = options;
  return {
    response,
    ...(scale && { scale }),
    ...(group !== undefined && { group }),
    ignore,
    ...(decreasing && { decreasing }),
    ...(maxParameters !== undefined && { maxParameters }),
    ...(points && { points: points.rows }),
  };
}
