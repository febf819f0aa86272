import type { Law, Variable } from "../laws/definition/Law.ts";
import { isNearly } from "../numerics/arguments/nearestName.ts";
import type { DefineLawOptions } from "./DefineLawOptions.ts";
import { symbolsOf } from "./expression/Expression.ts";
import { lawOfEquation, usual } from "./lawOfEquation.ts";
import { readEquation, shown } from "./readEquation.ts";

/** A column of a table: its name, or with what is known of it. */
export type FormulaColumn = string | (Partial<Variable> & { readonly name: string });

/** A law made for a table, and what a reader of its fit should know of how its names were taken. */
export interface TableLaw {
  readonly law: Law;
  /** For each name of the formula that is read from the table, the column. */
  readonly columns: Readonly<Record<string, string>>;
  /** Sentences such as "nparam is a parameter; the column nParams has nearly its name". */
  readonly notes: readonly string[];
}

/**
 * Makes a law from a formula about a table: every name that is a column's is read from it, `N`, `D`, `C` stand for
 * `nParams`, `nTokens`, `flops` where no column has these names, and every other name is a parameter. The left side is the
 * response: a column, or `L` for `loss`.
 *
 * A column whose header is no name, such as "Model Size (B)", goes by its words joined by `_` (`Model_Size_B`). Give columns
 * that have values of 0 or below as `{ name, domain: "real" }`: without it a column must be positive.
 *
 * @param formula one equation, such as "val_loss = E + A/width^a"
 * @param columns the table's columns
 * @param options as of `defineLaw`; `variables` and `response` there go before the columns
 * @throws RangeError as `defineLaw` does, and when two columns could be meant by one name
 * @example
 * import { lawFromFormula } from "isoflop/formula";
 * const { law, notes } = lawFromFormula("val_loss = E + A/width^a", ["width", "val_loss", "seed"]);
 * law.variables.map(({ name }) => name); // => ["width"]
 * law.response.name; // => "val_loss"
 * notes; // => []
 * lawFromFormula("val_loss = E + A/widht^a + B/width", ["width", "val_loss"]).notes.length; // => 1
 */
export function lawFromFormula(
  formula: string,
  columns: readonly FormulaColumn[],
  options: DefineLawOptions = {},
): TableLaw {
  if (!Array.isArray(columns)) {
    throw new RangeError(`columns must be a list of the table's columns, got ${String(columns)}`);
  }
  const equation = readEquation(formula);
  const { left, right } = equation;
  const known = columns.map((column) => (typeof column === "string" ? { name: column } : column));
  const columnOf = (name: string) => {
    const exact = known.find((column) => column.name === name);
    if (exact) return exact;
    const found = known.filter((column) => identifier(column.name) === name);
    if (found.length > 1) {
      const list = found.map((column) => JSON.stringify(column.name)).join(" and ");
      throw new RangeError(`${name} in the formula may be ${list}; rename one of these columns`);
    }
    return found[0];
  };
  const variables: Record<string, FormulaColumn> = {};
  const notes: string[] = [];
  const names = symbolsOf(right);
  for (const name of names) {
    const given = options.variables;
    const meant = given && Object.hasOwn(given, name) ? given[name] : columnOf(name);
    const usualOne = Object.hasOwn(usual, name) ? usual[name] : undefined;
    // What the table says of a column that the usual name stands for, such as a domain, holds here too.
    const variable = meant ?? (usualOne && { ...usualOne, ...columnOf(usualOne.name) });
    if (variable) Object.defineProperty(variables, name, { value: variable, enumerable: true });
  }
  const headers = known.map((column) => column.name);
  for (const name of names) {
    if (Object.hasOwn(variables, name)) continue;
    const near = headers.find((header) => mayBeMeant(name, header));
    if (near !== undefined) {
      notes.push(
        `${name} is a parameter; the column ${near} has nearly its name: write ${identifier(near)} if it is meant`,
      );
    }
  }
  if (Object.keys(variables).length === 0) {
    throw new RangeError(
      `"${shown(formula)}" names no column; it has the names ${names.join(", ") || "(none)"}, and the table has ${headers.join(", ")}`,
    );
  }
  const response =
    options.response ?? columnOf(left) ?? (left === "L" ? (columnOf("loss") ?? undefined) : left);
  if (options.response === undefined && !columnOf(left) && left !== "L") {
    const near = headers.find((header) => mayBeMeant(left, header));
    const wayOut = near ? `; did you mean ${near}?` : "";
    notes.push(`no column is called ${left}, which the formula predicts${wayOut}`);
  }
  const law = lawOfEquation(formula, equation, { ...options, variables, ...(response && { response }) });
  const fields = Object.entries(variables).map(([name, one]) => [
    name,
    typeof one === "string" ? one : one.name,
  ]);
  return { law, columns: Object.fromEntries(fields), notes };
}

/** Whether a name may be a header misspelt: nearly it, or its letters in another order. */
function mayBeMeant(name: string, header: string): boolean {
  if (name.length < 3) return false;
  const letters = (text: string) => [...text.toLowerCase()].sort().join("");
  return isNearly(name, identifier(header)) || letters(name) === letters(identifier(header));
}

/** A header as a formula can name it: letters, digits and `_`. */
function identifier(header: string): string {
  return header.replace(/[^\p{L}\p{N}_]+/gu, "_").replace(/^[_\d]+|_+$/gu, "");
}
