import { excerpt } from "isoflop-datasets/csv";
import { nearestWord } from "../text/nearestWord.ts";
import { indexOf } from "./columns/HeaderIndex.ts";
import { plainName, usualNames } from "./columns/usualNames.ts";
import { listNames } from "./listNames.ts";

/** Where a field of the runs comes from. */
export interface FieldSource {
  readonly field: string;
  readonly column: string;
  /** Factor that brings the column to the field's unit. */
  readonly factor: number;
  /** Whether the user named the column, or the name was recognised. */
  readonly given: boolean;
  /** In what the column counts, where its name says it: "billions". */
  readonly unit?: string;
}

/**
 * The `--map` option: `nParams=params,nTokens=tokens_b*1e9,loss="val, loss"`.
 *
 * @throws RangeError when an entry is not FIELD=COLUMN or FIELD=COLUMN*FACTOR, or a field is there twice
 */
export function parseMap(text: string): FieldSource[] {
  const entries = /"/.test(text) ? (text.match(/(?:"[^"]*"|[^,"])+|"[^"]*$/g) ?? []) : text.split(",");
  const sources = entries.map((entry): FieldSource => {
    const [, field, quoted, plain, factor] =
      /^\s*(\w+)\s*=\s*(?:"([^"]+)"|(.+?))\s*(?:\*\s*([\d.eE+-]+))?\s*$/.exec(entry) ?? [];
    const column = quoted ?? plain;
    const scale = factor === undefined ? 1 : Number(factor);
    if (!field || !column || !(scale > 0 && scale < Infinity)) {
      throw new RangeError(
        `--map takes FIELD=COLUMN or FIELD=COLUMN*FACTOR, separated by commas; got "${entry}"`,
      );
    }
    return { field, column, factor: scale, given: true };
  });
  const fields = sources.map(({ field }) => field);
  const twice = fields.find((field, k) => fields.indexOf(field) !== k);
  if (twice !== undefined) throw new RangeError(`--map gives ${twice} twice; give it one column`);
  return sources;
}

/**
 * The column that holds a field: as mapped, of the same name, or of a usual name, also as the end of a path such as
 * config.n_params, of a name such as "C4 Eval Loss", or with a unit behind it; undefined where there is none.
 *
 * @throws RangeError when two columns would do that the order of preference does not tell apart
 */
export function findColumn(
  field: string,
  header: readonly string[],
  map: readonly FieldSource[],
  headerLine?: number,
): FieldSource | undefined {
  const mapped = map.find((source) => source.field === field);
  if (mapped) {
    if (!header.includes(mapped.column)) {
      throw new RangeError(
        `--map names the column "${mapped.column}", which the file has not; ${meant(mapped.column, header)}it has ${listNames(header)}`,
      );
    }
    return mapped;
  }
  // A formula names its columns itself.
  if (!usualNames.has(field) && header.includes(field))
    return { field, column: field, factor: 1, given: false };
  const found = candidates(field, header)[0];
  if (!found) return undefined;
  const [source, other] = found;
  if (other) throw new RangeError(describeTwins(field, source!.column, other.column, header, headerLine));
  return source;
}

/** `did you mean "loss"? `, or nothing where no name is near. */
export function meant(name: string, known: readonly string[]): string {
  const nearest = nearestWord(name, known);
  return nearest === undefined ? "" : `did you mean "${excerpt(nearest)}"? `;
}

/** Columns other than the chosen one whose names would have done as well. */
export function otherColumns({ field, column }: FieldSource, header: readonly string[]): string[] {
  const names = candidates(field, header).flatMap((sources) => sources.map((source) => source.column));
  return [...new Set(names)].filter((name) => name !== column);
}

/** All columns that may hold a field: the first list holds those that are preferred. */
function candidates(field: string, header: readonly string[]): FieldSource[][] {
  const names = [plainName(field), ...(usualNames.get(field) ?? [])];
  const index = indexOf(header);
  const lists: FieldSource[][] = [];
  const seen = new Set<string>();
  const add = (sources: readonly { column: string; factor?: number; unit?: string }[]) => {
    const fresh = sources
      .filter(({ column }) => !seen.has(column))
      .map((source): FieldSource => ({ field, factor: 1, given: false, ...source }));
    for (const { column } of fresh) seen.add(column);
    if (fresh.length > 0) lists.push(fresh);
  };
  const addNames = (columns: readonly string[]) => add(columns.map((column) => ({ column })));
  for (const name of names) addNames(index.called(name));
  for (const name of names) add(index.scaled(field, name));
  // One letter, or "size", at the end of a path may be anything.
  const telling = names.filter((name) => name.length > 3 && name !== "size");
  for (const name of telling)
    addNames(index.endingWith(name).filter((column) => field !== "loss" || !isSetting(column)));
  if (field === "loss") {
    addNames(index.matching(lossName).filter((column) => !isSetting(column)));
    // What TensorBoard's page writes; the file's name says which scalar it is.
    if (["Wall time", "Step", "Value"].every((name) => index.columns.includes(name))) addNames(["Value"]);
  }
  return lists;
}

/** "C4 Eval Loss", "pile_val_loss". */
const lossName = /(eval|val|validation|test|final|train|heldout)loss$/;

/** config.loss and params.loss say which loss was trained with, and not how large it was. */
const isSetting = (column: string) =>
  /^(config|params|hparams|hyperparameters|tags|json_config)[./]/i.test(column);

function describeTwins(
  field: string,
  column: string,
  other: string,
  header: readonly string[],
  headerLine: number | undefined,
): string {
  const [first, second] = [column, other].map((one) =>
    headerLine === undefined ? `"${excerpt(one)}"` : `column ${header.indexOf(one) + 1} ("${excerpt(one)}")`,
  );
  const place = headerLine === undefined ? "the columns" : `line ${headerLine}:`;
  return `${place} ${first} and ${second} may both be ${field}; say which with --map ${field}=COLUMN`;
}
