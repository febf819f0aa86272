import type { CellDiagnostic } from "../../language/answers/cellDiagnostics.ts";
import { offsetAt, positionAt } from "../../language/cells/textPosition.ts";
import { codeFrame } from "../../session/errors/codeFrame.ts";
import type { EditedText } from "../../session/maps/EditedText.ts";
import type { Failure } from "../../session/messages/executorMessages.ts";

const shownErrors = 20;
const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

/** Errors of a translated text, where they stand in the cell as it was written. */
export function inSource(errors: readonly CellDiagnostic[], edited: EditedText): CellDiagnostic[] {
  const place = (line: number, column: number) => {
    const at = offsetAt(edited.text, { line: line - 1, character: column - 1 });
    return positionAt(edited.source, edited.toSource(at));
  };
  return errors.map((each) => {
    const [start, end] = [place(each.line, each.column), place(each.endLine, each.endColumn)];
    return {
      ...each,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  });
}

/** Type errors as the error of a cell that did not run. */
export function describeTypeErrors(source: string, errors: readonly CellDiagnostic[]): Failure {
  const [first] = errors as [CellDiagnostic];
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  const traceback = [
    `${red("TypeScriptError")}: ${count}; the cell did not run (\`// @ts-nocheck\` or \`%check off\` runs it as it is)`,
  ];
  for (const [index, error] of errors.slice(0, shownErrors).entries()) {
    if (index > 0) traceback.push(""); // only between errors, each of which has several lines
    traceback.push(`cell ${error.line}:${error.column} - ${red("error")} TS${error.code}: ${error.message}`);
    traceback.push(...codeFrame(source, error, 1));
  }
  if (errors.length > shownErrors) traceback.push("", `… and ${errors.length - shownErrors} more`);
  return {
    ename: "TypeScriptError",
    evalue: `cell ${first.line}:${first.column} - TS${first.code}: ${first.message}`,
    traceback,
  };
}

const shownWarnings = 5;

/** Type errors of a cell that runs all the same, a line each. */
export function typeWarnings(errors: readonly CellDiagnostic[]): string {
  const lines = errors.slice(0, shownWarnings).map(({ line, column, code, message }) => {
    const [first = ""] = message.split("\n", 1);
    return `cell ${line}:${column} - warning TS${code}: ${first}\n`;
  });
  const left = errors.length - shownWarnings;
  return lines.join("") + (left > 0 ? `… and ${left} more\n` : "");
}
