import { excerpt } from "isoflop-datasets/csv";
import { listNames } from "./listNames.ts";

/** Where a field of the runs comes from. */
export interface FieldSource {
  readonly field: string;
  readonly column: string;
  /** Factor that brings the column to the field's unit. */
  readonly factor: number;
  /** Whether the user named the column, or the name was recognised. */
  readonly given: boolean;
}

// In order of preference; compared without case and punctuation.
const usualNames: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    nParams: [
      [
        "nparams",
        "params",
        "parameters",
        "nparameters",
        "numparams",
        "numparameters",
        "paramcount",
        "modelparams",
      ],
      ["modelsize", "size", "n"],
    ].flat(),
    nTokens: [
      ["ntokens", "tokens", "numtokens", "trainingtokens", "traintokens", "tokensseen", "datasetsize"],
      ["datatokens", "d"],
    ].flat(),
    flops: [
      [
        "flops",
        "flop",
        "trainingflops",
        "trainingflop",
        "trainflops",
        "totalflops",
        "compute",
        "trainingcompute",
      ],
      ["flopsbudget", "computebudget", "c"],
    ].flat(),
    loss: [
      ["loss", "lossnats", "valloss", "validationloss", "evalloss", "testloss", "finalloss", "trainloss"],
      ["trainingloss", "crossentropy", "nll", "l"],
    ].flat(),
  }),
);

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/**
 * The `--map` option: `nParams=params,nTokens=tokens_b*1e9,loss=val_loss`.
 *
 * @throws RangeError when an entry is not FIELD=COLUMN or FIELD=COLUMN*FACTOR, or a field is there twice
 */
export function parseMap(text: string): FieldSource[] {
  const sources = text.split(",").map((entry): FieldSource => {
    const [, field, column, factor] = /^\s*(\w+)\s*=\s*(.+?)\s*(?:\*\s*([\d.eE+-]+))?\s*$/.exec(entry) ?? [];
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
 * The column that holds a field: as mapped, of the same name, or of a usual name; undefined where there is none.
 *
 * @throws RangeError when two columns would do that differ by case and punctuation alone
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
        `--map names the column "${mapped.column}", which the file has not; it has ${listNames(header)}`,
      );
    }
    return mapped;
  }
  const names = [plain(field), ...(usualNames.get(field) ?? [])];
  for (const name of names) {
    const [column, other] = new Set(header.filter((one) => plain(one) === name));
    if (other !== undefined) throw new RangeError(describeTwins(field, column!, other, header, headerLine));
    if (column !== undefined) return { field, column, factor: 1, given: false };
  }
  return undefined;
}

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

/** Columns other than the chosen one whose names would have done as well. */
export function otherColumns({ field, column }: FieldSource, header: readonly string[]): string[] {
  const names = [plain(field), ...(usualNames.get(field) ?? [])];
  return header.filter((one) => one !== column && names.includes(plain(one)));
}
