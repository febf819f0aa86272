import { ParameterError } from "./ParameterError.ts";

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** Words of the language that no variable can be called. */
const reserved = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false " +
    "finally for function if implements import in instanceof interface let new null package private protected public return " +
    "static super switch this throw true try typeof undefined NaN Infinity var void while with yield"
  ).split(" "),
);

/**
 * Makes sure that a variable can have this name: it is written into a cell.
 *
 * @throws ParameterError that says why not
 */
export function checkParameterName(name: string): void {
  const shown = name.length > 40 ? `${name.slice(0, 40)}…` : name;
  if (!identifier.test(name))
    throw new ParameterError(
      `${JSON.stringify(shown)} is no name a variable can have; a parameter is called as in the notebook, with letters, digits and _`,
    );
  if (reserved.has(name))
    throw new ParameterError(
      `${shown} is a word of TypeScript, and no variable can be called so; rename the parameter`,
    );
}
