import type { Law, Variable } from "isoflop";
import type { LoadedRun } from "../../../tables/loadRuns.ts";
import { parseLaw } from "../parseLaw.ts";
import { type ColumnNames, identifier } from "./ColumnNames.ts";

/** A law for a table, and what a reader should know of how its names were taken. */
export interface AskedLaw {
  readonly law: Law;
  /** The right side in the names of its fields, where the law was given as a formula. */
  readonly formula?: string;
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
export async function lawForTable(
  text: string,
  names?: ColumnNames,
  runs?: readonly LoadedRun[],
): Promise<AskedLaw> {
  if (!isFormula(text) || names === undefined) return { law: await parseLaw(text), notes: [] };
  const { lawFromFormula } = await import("isoflop/formula");
  const formula = withPlainNames(text, names);
  const isReal = (name: string) => !usual.has(name) && runs?.some((run) => name in run && !(run[name]! > 0));
  const columns = names.all.map((name) => (isReal(name) ? { name, domain: "real" as const } : name));
  const asked = lawFromFormula(formula, columns, { name: text.trim() });
  return { law: asked.law, formula: rightSide(formula, asked.columns), notes: asked.notes };
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

/** The right side, in the names of the fields that it reads where those are names. */
function rightSide(formula: string, columns: Readonly<Record<string, string>>): string {
  const right = formula.slice(formula.indexOf("=") + 1).trim();
  return right.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, (name) =>
    Object.hasOwn(columns, name) ? identifier(columns[name]!) || name : name,
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
