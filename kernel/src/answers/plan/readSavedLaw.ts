import { loadFit, type TrainingQuestion } from "isoflop";
import { shownPath } from "../../files/shownPath.ts";
import { readOrdinaryText } from "./readOrdinaryText.ts";

/**
 * The law of the loss in a file that `isoflop fit RUNS --save FILE` wrote: of a built-in law, or of a formula.
 *
 * @throws Error naming the file when it cannot be read, is a folder, a pipe or a device
 * @throws RangeError naming the file when it is no fit, was edited, or is of a law that only its maker has
 */
export async function readSavedLaw(path: string): Promise<NonNullable<TrainingQuestion["law"]>> {
  const text = readOrdinaryText(path);
  const formula = formulaOf(text);
  try {
    if (formula === undefined) return loadFit(text);
    return await loadFormulaFit(text, formula);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RangeError(
      `${shownPath(path)}: ${cause.message} (isoflop fit RUNS --save ${shownPath(path)} writes one)`,
      { cause },
    );
  }
}

/** What a saved fit says of the formula that it is of. */
interface SavedFormula {
  readonly name: string;
  readonly parameters: readonly string[];
}

/** The formula that a saved fit is of, where it is of one; what is wrong with the file is for `loadFit` to say. */
function formulaOf(text: string): SavedFormula | undefined {
  try {
    const { format, law, parameters } = JSON.parse(text);
    const isFormula =
      format === "isoflop-fit" &&
      typeof law.name === "string" &&
      law.name.includes("=") &&
      !law.specification;
    return isFormula ? { name: law.name, parameters: Object.keys(parameters) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A fit of a formula. The file has the formula and its parameters, so the other names are what is read from the runs; whether
 * as a logarithm (a column without values of 0 or below) the file does not say, but only one way gives its objective again.
 */
async function loadFormulaFit(text: string, { name, parameters }: SavedFormula) {
  const { lawFromFormula } = await import("isoflop/formula");
  // The names of size, tokens, compute and loss that every formula knows.
  const isRead = (one: string) => !parameters.includes(one) && !["N", "D", "C", "L"].includes(one);
  const [left = "", right = ""] = name.split("=");
  const read = [
    ...new Set([...right.matchAll(/[\p{L}_][\p{L}\p{N}_]*(?!\s*\(|[\p{L}\p{N}_])/gu)].map(([one]) => one)),
  ];
  const columns = [...read, left.trim()].filter(isRead);
  let failure: unknown;
  for (let choice = 0; choice < 2 ** Math.min(columns.length, 6); choice++) {
    const asked = columns.map((column, k) =>
      (choice >> k) & 1 ? ({ name: column, domain: "real" } as const) : column,
    );
    try {
      return loadFit(text, { law: lawFromFormula(name, asked, { name }).law });
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      failure ??= cause;
    }
  }
  throw failure;
}
