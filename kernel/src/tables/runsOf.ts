import type { ColumnTable } from "./ColumnTable.ts";
import type { FieldSource } from "./chooseColumns.ts";

/** A row of the file as a run: the fields of the law and of the options, and the run's weight. */
export type LoadedRun = Readonly<Record<string, number>>;

const derivations: Readonly<Record<string, { readonly from: readonly string[]; readonly formula: string }>> =
  {
    nTokens: { from: ["flops", "nParams"], formula: "a / (6 * b)" },
    nParams: { from: ["flops", "nTokens"], formula: "a / (6 * b)" },
    flops: { from: ["nParams", "nTokens"], formula: "6 * a * b" },
  };

/**
 * Makes runs of the rows that are kept.
 *
 * @param derived the field that follows from two others
 * @param groups of the runs; those of one share a weight of 1
 */
export function runsOf(
  table: ColumnTable,
  sources: readonly FieldSource[],
  derived: string | undefined,
  kept: Uint32Array,
  groups: readonly string[] | undefined,
): LoadedRun[] {
  const sizes = new Map<string, number>();
  for (const key of groups ?? []) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  const make = runMaker(
    sources.map(({ field }) => field),
    derived,
  )(
    sources.map(({ column }) => table.numbers.get(column)!),
    sources.map(({ factor }) => factor),
  );
  const runs = new Array<LoadedRun>(kept.length);
  for (let k = 0; k < kept.length; k++) runs[k] = make(kept[k]!, groups ? 1 / sizes.get(groups[k]!)! : 1);
  return runs;
}

type RunMaker = (
  columns: readonly Float64Array[],
  factors: readonly number[],
) => (row: number, weight: number) => LoadedRun;

/**
 * Makes the function that makes runs with these fields. Objects of one literal have their fields laid out from the start,
 * which takes a quarter of the time of adding a million times the same names to an empty one.
 */
function runMaker(fields: readonly string[], derived: string | undefined): RunMaker {
  const at = (field: string) => fields.indexOf(field);
  const members = fields.map((field, k) => `${keyOf(field)}: column${k}[row] * factor${k}`);
  if (derived !== undefined) {
    const { from, formula } = derivations[derived]!;
    const [a, b] = from.map((field) => `(column${at(field)}[row] * factor${at(field)})`) as [string, string];
    const value = formula.replace(/[ab]/g, (letter) => (letter === "a" ? a : b));
    members.push(`${keyOf(derived)}: ${value}`);
  }
  const list = (name: string) => fields.map((_, k) => `${name}${k}`).join(", ");
  return new Function(
    "columns",
    "factors",
    `const [${list("column")}] = columns; const [${list("factor")}] = factors;
     return (row, weight) => ({ ${[...members, "weight"].join(", ")} });`,
  ) as RunMaker;
}

// In brackets, so that one called __proto__ is a field like any.
const keyOf = (field: string) => (field === "__proto__" ? `["__proto__"]` : JSON.stringify(field));
