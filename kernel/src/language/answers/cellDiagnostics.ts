import { isBuiltin } from "node:module";
import { basename } from "node:path";
import { cellLine } from "../cells/cellDocument.ts";
import { withoutReserved } from "../cells/reservedNames.ts";
import type { SessionNames } from "../cells/sessionNames.ts";
import { type Position, positionAt } from "../cells/textPosition.ts";

export interface CellDiagnostic {
  /** Line and column from 1, in the cell. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  code: number;
  message: string;
  severity: "error" | "warning";
}

/** A diagnostic as the language server gives it. */
export interface ServerDiagnostic {
  range: { start: Position; end: Position };
  severity?: number;
  code?: number;
  message: string;
}

const noise = new Set([
  1202, // `import x = require("y")`, which runs
  2695, // the left side of a comma is unused: the value of a cell may be anything
  7016, // a package without types is `any`, as it is when it runs
  7027, // unreachable code
  7028, // unused label
]);

/** Remarks on an expression's sense, of which an experiment has none yet: they do not keep a cell from running. */
const remarks = new Set([2869, 2870, 2871, 2872, 2873]);

const isSyntax = (code: number): boolean => code < 2000 || (code >= 17000 && code < 18000);

/**
 * What of the server's answer concerns the user's cell, counted from its own first line.
 *
 * @param parses whether the cell is free of syntax errors; where it is not, the rest would be guesswork
 */
export function cellDiagnostics(
  diagnostics: readonly ServerDiagnostic[],
  cell: { code: string; parses: boolean; session: SessionNames },
): CellDiagnostic[] {
  const lines = cell.code.split("\n").length;
  // Once: a cell of 200,000 quotes has as many errors.
  const lastLength = cell.code.length - (cell.code.lastIndexOf("\n") + 1);
  const shown: CellDiagnostic[] = [];
  const jsxIsMissing = diagnostics.some(({ code }) => code === 2875);
  for (const { range, severity = 1, code = 0, message } of diagnostics) {
    const line = range.start.line - cellLine;
    if (severity > 2 || noise.has(code) || line < 0) continue;
    // Behind the cell only its own unfinished syntax is of interest, not the exports added there.
    if (line >= lines && cell.parses) continue;
    if (!cell.parses && !isSyntax(code)) continue;
    if (jsxIsMissing && code === 7026) continue;
    const text = explain(code, message, cell.session);
    if (text === undefined) continue;
    shown.push({
      ...insideCell(range, lines, lastLength),
      code: text.code,
      message: withoutReserved(text.message),
      severity: severity === 1 && !remarks.has(code) ? "error" : "warning",
    });
  }
  return shown;
}

/** Errors in a file of the user that the cell imports, shown at the import, with the file's own place in front. */
export function importedDiagnostics(
  diagnostics: readonly ServerDiagnostic[],
  file: string,
  place: { start: number; end: number },
  { code, session }: { code: string; session: SessionNames },
): CellDiagnostic[] {
  const [start, end] = [positionAt(code, place.start), positionAt(code, place.end)];
  return diagnostics.flatMap(({ range, severity = 1, code: number = 0, message }) => {
    const text = severity > 1 || noise.has(number) ? undefined : explain(number, message, session);
    if (!text) return [];
    const at = `${basename(file)}:${range.start.line + 1}:${range.start.character + 1}`;
    return {
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      code: text.code,
      message: `${at} ${text.message}`,
      severity: "error" as const,
    };
  });
}

/** What is found missing only behind the cell's end is reported at its end. */
function insideCell({ start, end }: ServerDiagnostic["range"], lines: number, lastLength: number) {
  const place = ({ line, character }: Position) =>
    line - cellLine < lines
      ? { line: line - cellLine + 1, column: character + 1 }
      : { line: lines, column: lastLength + 1 };
  const [from, to] = [place(start), place(end)];
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** Messages that would speak of the imports in front of the cell, which the user did not write. */
function explain(
  code: number,
  message: string,
  session: SessionNames,
): { code: number; message: string } | undefined {
  if (code === 2632) {
    const name = /'([^']+)'/.exec(message)?.[1] ?? "";
    switch (session.names.get(name)?.kind) {
      case "const":
        return { code: 2588, message: `Cannot assign to '${name}' because it is a constant.` };
      case "function":
        return { code: 2630, message: `Cannot assign to '${name}' because it is a function.` };
      case "class":
        return { code: 2629, message: `Cannot assign to '${name}' because it is a class.` };
    }
  }
  if (code === 2307 || code === 2875) {
    const specifier = /'([^']+)'/.exec(message)?.[1] ?? "";
    const name = packageName(specifier);
    if (name) return { code, message: `${message}\nnpm install ${name} (in a cell: %npm install ${name})` };
  }
  return { code, message };
}

/** The packages some diagnostic misses. */
export function missingPackages(diagnostics: readonly ServerDiagnostic[]): string[] {
  return diagnostics.flatMap(({ code = 0, message }) => {
    const specifier = code === 2307 || code === 2875 ? /'([^']+)'/.exec(message)?.[1] : undefined;
    return (specifier && packageName(specifier)) || [];
  });
}

function packageName(specifier: string): string | undefined {
  if (/^[./#]|^\w+:/.test(specifier) || isBuiltin(specifier)) return undefined;
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
