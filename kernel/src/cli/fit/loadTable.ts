import { namesOf } from "../../answers/fit/expressions/Expression.ts";
import { askTable, type TableRequest } from "../../answers/fit/table/askTable.ts";
import { ColumnNames } from "../../answers/fit/table/ColumnNames.ts";
import { mapForFile } from "../../answers/fit/table/mapForFile.ts";
import { weightField } from "../../answers/fit/table/TableQuestion.ts";
import { type AskedLaw, isFormula, lawForTable, readingLaw } from "../../answers/fit/table/tableLaw.ts";
import { textColumns } from "../../answers/fit/table/textColumns.ts";
import { shownPath } from "../../files/shownPath.ts";
import type { FieldSource } from "../../tables/chooseColumns.ts";
import { readHeader } from "../../tables/columns/readHeader.ts";
import { inFile, loadAllRuns, type TableFile } from "../../tables/loadAllRuns.ts";
import type { LoadedRuns } from "../../tables/loadRuns.ts";
import { tableOptions } from "../inputs/tableOptions.ts";
import type { Watching } from "../inputs/withTables.ts";
import { asUsageLater } from "../options/UsageError.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";
import type { FitCommandOptions } from "./fitOptions.ts";
import { checkParameterNames } from "./parameterValues.ts";
import type { FitQuestion } from "./readQuestion.ts";

/** Runs, and the laws to fit to them, the first of which is the one asked for. */
export interface LoadedTable {
  readonly loaded: LoadedRuns;
  readonly laws: readonly AskedLaw[];
  readonly notes: readonly string[];
  /** Columns of texts beside the runs. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** The column of `--by`, a value a run. */
  readonly by?: readonly string[];
  /** Of each file, where names were looked up in them. */
  readonly headers: readonly (readonly string[])[];
}

/** Reads what the options ask for, and makes the laws for it. */
export async function loadTable(
  files: readonly TableFile[],
  options: FitCommandOptions,
  question: FitQuestion,
  { signal, progress }: Watching,
): Promise<LoadedTable> {
  const texts = [options.law, ...(options.compare ?? [])];
  const { table } = question;
  const needsHeader =
    texts.some(isFormula) ||
    table.lets.length + table.holdouts.length > 0 ||
    !!table.where ||
    !!table.weights ||
    (files.length > 1 && question.map.length > 0);
  const headers: (readonly string[])[] = [];
  if (needsHeader) {
    for (const { path, format } of files) headers.push(await readHeader(path, format, options.decimal));
  }
  const names = needsHeader
    ? new ColumnNames(
        [...new Set(headers.flat())],
        question.map,
        table.lets.map(({ name }) => name),
      )
    : undefined;
  const asked = await asUsageLater(async () => {
    const laws: AskedLaw[] = [];
    for (const text of texts) laws.push(await lawForTable(text, names));
    if (isFormula(options.law)) checkParameterNames(laws[0]!.law, question.parameters);
    return laws;
  });
  const requests = askFiles(files, headers, question, asked);
  const map = [...question.map, ...madeFields(table.lets, question.map)];
  const loaded = await loadAllRuns(files, readingLaw(asked, requests[0]?.fields ?? []), {
    map,
    fields: [],
    ...(requests.length > 0 && {
      ofFile: (k) => {
        const { usual, derived, where, map: own } = requests[k]!;
        return {
          map: [...own, ...madeFields(table.lets, question.map)],
          fields: usual,
          ...(derived && { derived }),
          ...(where && { where }),
        };
      },
    }),
    ...(options.group !== undefined && { group: options.group }),
    ...(options.by !== undefined && { texts: [options.by] }),
    dropBad: options.dropBad ?? false,
    ...tableOptions(options),
    width: terminalWidth(process.stderr),
    signal,
    onRows(path, rows) {
      signal.throwIfAborted();
      progress.step(`${shownPath(path)}: ${rows} rows read`);
    },
    onChecked: (path, rows) => progress.step(`${shownPath(path)}: ${rows} rows looked at`),
  });
  const weighed = table.weights ? withWeights(loaded, table.weights.text) : loaded;
  const laws: AskedLaw[] = [];
  for (const text of texts) laws.push(await lawForTable(text, names, loaded.runs));
  refuseLogarithms(laws, weighed, options);
  const letNotes = table.lets.map(({ name, text }) => `${name} = ${text}`);
  const own = weighed.notes.filter((note) => !note.startsWith("--"));
  return {
    loaded: weighed,
    laws,
    notes: [...own, ...letNotes, ...laws.flatMap((law) => law.notes), ...weightNotes(table.weights?.text)],
    texts: await textColumns(files, weighed, options.decimal),
    ...(options.by !== undefined && { by: loaded.texts.get(options.by)! }),
    headers,
  };
}

/** What to ask of each file, in its own names. */
function askFiles(
  files: readonly TableFile[],
  headers: readonly (readonly string[])[],
  { table, map }: FitQuestion,
  laws: readonly AskedLaw[],
): (TableRequest & { readonly map: readonly FieldSource[] })[] {
  const fields = laws.flatMap(({ law }) => [...law.variables, law.response].map(({ name }) => name));
  const made = table.lets.map(({ name }) => name);
  const inExpressions = [...table.lets, ...table.holdouts, table.where ?? [], table.weights ?? []]
    .flat()
    .flatMap(({ expression }) => [...namesOf(expression).numbers]);
  return headers.map((header, k) => {
    const others = headers.filter((one) => one !== header);
    const mapFor = (used: readonly string[]) =>
      mapForFile(
        header,
        others,
        map,
        used.filter((name) => !made.includes(name)),
      );
    return inFile(files.length > 1 ? files[k]!.path : undefined, () => ({
      ...askTable(table, header, mapFor([...fields, ...inExpressions])),
      map: mapFor(fields),
    }));
  });
}

/** A usual field that is made goes before the columns that have its usual names. */
function madeFields(lets: FitQuestion["table"]["lets"], map: FitQuestion["map"]): FieldSource[] {
  return lets.flatMap(({ name }) =>
    ["nParams", "nTokens", "flops", "loss"].includes(name) && !map.some(({ field }) => field === name)
      ? [{ field: name, column: name, factor: 1, given: true }]
      : [],
  );
}

const weightNotes = (text: string | undefined) =>
  text === undefined
    ? []
    : [`each row weighs ${text}: weights are relative, their common size does not matter`];

function withWeights(loaded: LoadedRuns, text: string): LoadedRuns {
  let total = 0;
  const own = loaded.runs.column(weightField)!;
  const weights = loaded.runs.weights.map((shared, k) => {
    if (!(own[k]! >= 0)) {
      throw new RangeError(
        `--weights ${text} must be >= 0, got ${own[k]} in ${loaded.placeOf(k)}; leave the row out with --where, or weigh it 0`,
      );
    }
    total += own[k]!;
    return shared * own[k]!;
  });
  if (!(total > 0))
    throw new RangeError(`--weights ${text} is 0 in every row; leave the option out to weigh all alike`);
  return { ...loaded, runs: loaded.runs.weighed(weights) };
}

/** A response of 0 or below has no logarithm; `fit` would name a row that counts from 0. */
function refuseLogarithms(laws: readonly AskedLaw[], loaded: LoadedRuns, { raw }: FitCommandOptions): void {
  if (raw) return;
  const { name } = laws[0]!.law.response;
  const values = loaded.runs.column(name)!;
  const at = values.findIndex((value) => !(value > 0));
  if (at < 0) return;
  throw new RangeError(
    `${name} must be > 0 where residuals are of its logarithm, got ${values[at]} in ${loaded.placeOf(at)}; take --raw for residuals of ${name} itself`,
  );
}
