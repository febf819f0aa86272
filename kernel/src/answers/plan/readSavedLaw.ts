import { closeSync, fstatSync, readFileSync } from "node:fs";
import { loadFit, type TrainingQuestion } from "isoflop";
import { describeReadFailure } from "../../files/describeReadFailure.ts";
import { openOrdinary } from "../../files/openOrdinary.ts";
import { shownPath } from "../../files/shownPath.ts";

/** A fit of a million runs is 60 MB of JSON; a text of more than 512 MB is none that JavaScript can hold. */
const mostBytes = 400e6;

/**
 * The law of the loss in a file that `isoflop fit RUNS --save FILE` wrote: of a built-in law, or of a formula, which the
 * file's name of the law is.
 *
 * @throws Error naming the file when it cannot be read, is a folder, a pipe or a device
 * @throws RangeError naming the file when it is no fit, was edited, or is of a law that only its maker has
 */
export async function readSavedLaw(path: string): Promise<NonNullable<TrainingQuestion["law"]>> {
  const text = readText(path);
  const formula = formulaOf(text);
  try {
    const options = formula === undefined ? {} : { law: (await import("isoflop/formula")).defineLaw(formula) };
    return loadFit(text, options as Parameters<typeof loadFit>[1]);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RangeError(
      `${shownPath(path)}: ${cause.message} (isoflop fit RUNS --save ${shownPath(path)} writes one)`,
      { cause },
    );
  }
}

function readText(path: string): string {
  let file: number | undefined;
  try {
    file = openOrdinary(path);
    const { size } = fstatSync(file);
    if (size > mostBytes)
      throw new Error(`it has ${size} bytes, and a saved fit at most ${mostBytes}; is it another file?`);
    return readFileSync(file, "utf8");
  } catch (cause) {
    const why = describeReadFailure(cause as NodeJS.ErrnoException);
    throw new Error(`${shownPath(path)} cannot be read: ${why}`, { cause });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The formula that a saved fit is of, where it is of one; what is wrong with the file is for `loadFit` to say. */
function formulaOf(text: string): string | undefined {
  try {
    const { format, law } = JSON.parse(text);
    const isFormula =
      format === "isoflop-fit" &&
      typeof law.name === "string" &&
      law.name.includes("=") &&
      !law.specification;
    return isFormula ? law.name : undefined;
  } catch {
    return undefined;
  }
}
