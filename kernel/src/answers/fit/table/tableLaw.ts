import type { Law, Variable } from "isoflop";
import type { RunTable } from "../../../tables/RunTable.ts";
import { parseLaw } from "../parseLaw.ts";
import { type ColumnNames, identifier, isStandIn } from "./ColumnNames.ts";

/** A law for a table, and what a reader should know of how its names were taken. */
export interface AskedLaw {
  readonly law: Law;
  /** The right side, where the law was given as a formula. */
  readonly formula?: string;
  /** For each name of it that is read from the runs, the field. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

const usual = new Set(["nParams", "nTokens", "flops", "loss"]);

export const isFormula = (text: string) => text.includes("=");

/**
 * A law by its name, or a formula about a table: every name that is a column's is read from it.
 *
 * @param names the table's, for a formula
 * @param runs the runs, where they are known: a column that has values of 0 or below is read as it is, not as a logarithm
 * @throws RangeError when no law has the name, or the formula cannot be used with the table
 */
export async function lawForTable(text: string, names?: ColumnNames, runs?: RunTable): Promise<AskedLaw> {
  if (!isFormula(text) || names === undefined) return { law: await parseLaw(text), notes: [] };
  const { lawFromFormula } = await import("isoflop/formula");
  const plain = withPlainNames(text, names);
  const isReal = (name: string) => !usual.has(name) && runs?.column(name)?.some((value) => value <= 0);
  const columns = names.all.map((name) => (isReal(name) ? { name, domain: "real" as const } : name));
  const { formula, left, right } = withLatinNames(plain, names);
  const domainOf = (name: string) => (isReal(name) ? ("real" as const) : ("positive" as const));
  const asField = (name: string) => ({ name, domain: domainOf(name) });
  const asked = lawFromFormula(formula, columns, {
    name: text.trim(),
    ...(right.size > 0 && {
      variables: Object.fromEntries([...right].map(([alias, column]) => [alias, asField(column)])),
    }),
    ...(left !== undefined && { response: asField(left) }),
  });
  return {
    law: asked.law,
    formula: formula.slice(formula.indexOf("=") + 1).trim(),
    columns: asked.columns,
    notes: asked.notes,
  };
}

/** Letters that mathjs reads in a name. */
const latin = /^[\w\u00C0-\u02AF\u0370-\u03FF]+$/;

/**
 * A formula whose columns go by Latin names where theirs have other letters.
 *
 * @throws RangeError where a name with other letters is no column: parameters keep their names
 */
function withLatinNames(
  text: string,
  names: ColumnNames,
): { formula: string; left: string | undefined; right: ReadonlyMap<string, string> } {
  const right = new Map<string, string>();
  let left: string | undefined;
  const equals = text.indexOf("=");
  const formula = text.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, (name, at: number) => {
    if (latin.test(name) && (!isStandIn(name) || names.all.includes(name))) return name;
    const column = names.all.find((one) => one === name) ?? names.all.find((one) => identifier(one) === name);
    if (column === undefined) {
      throw new RangeError(
        `${name} in the formula is no column, and parameters are named in Latin or Greek letters; rename it`,
      );
    }
    if (at < equals) {
      left = column;
      return "response_";
    }
    const known = [...right].find(([, one]) => one === column);
    const alias = known?.[0] ?? `column_${right.size + 1}`;
    right.set(alias, column);
    return alias;
  });
  return { formula, left, right };
}

/** A formula whose columns in braces, or with dots in their names, go by names that a formula may have. */
function withPlainNames(text: string, names: ColumnNames): string {
  const known = new Set(names.all);
  return text
    .replace(/\{([^{}]+)\}|`([^`]+)`/g, (_, braced?: string, ticked?: string) => {
      const column = (braced ?? ticked)!.trim();
      names.number(column, "the formula");
      if (identifier(column) !== "") return identifier(column);
      throw new RangeError(
        `the formula cannot name the column "${column}"; give it a name: --map x="${column}"`,
      );
    })
    .replace(/[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)+/gu, (dotted) =>
      known.has(dotted) ? identifier(dotted) : dotted,
    );
}

/**
 * A law as a table is read for it: the fields of all laws, and others. What may be 0 or below is not refused before it is
 * known whether the law minds.
 */
export function readingLaw(laws: readonly AskedLaw[], more: readonly string[]): Law {
  const first = laws[0]!.law;
  const fields = new Map<string, Variable>();
  const add = (variable: Variable, isOpen: boolean) => {
    const earlier = fields.get(variable.name);
    const domain = isOpen && !usual.has(variable.name) ? "real" : variable.domain;
    if (!earlier || earlier.domain === "real") fields.set(variable.name, { ...variable, domain });
  };
  for (const { law, formula } of laws) {
    for (const variable of [...law.variables, law.response]) add(variable, formula !== undefined);
  }
  for (const name of more) add({ name, unit: "1", description: name, domain: "real" }, true);
  const response = fields.get(first.response.name)!;
  fields.delete(response.name);
  return { ...first, variables: [...fields.values()], response };
}
