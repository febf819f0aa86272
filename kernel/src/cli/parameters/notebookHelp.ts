import { shownPath } from "../../files/shownPath.ts";
import type { Notebook } from "../../notebook/Notebook.ts";
import { inspectParameters, type Parameter } from "../../notebook/parameters/inspectParameters.ts";
import { fittedTable } from "../../text/fittedTable.ts";

/**
 * The parameters of a notebook as a table for a terminal of so many columns, or a sentence where it has none.
 *
 * @returns the text, and whether a cell has the tag
 */
export function notebookHelp(
  path: string,
  notebook: Notebook,
  width: number,
): { text: string; hasCell: boolean } {
  const name = shownPath(path);
  const parameters = inspectParameters(notebook);
  if (!parameters)
    return { text: `${name} has no cell tagged parameters; tag the one that declares them`, hasCell: false };
  if (parameters.length === 0)
    return { text: `the cell of ${name} that is tagged parameters declares none`, hasCell: true };
  const rows = parameters.map((one) => [one.name, one.type ?? "", oneLine(one.default), one.help]);
  const table = fittedTable(["name", "type", "default", "meaning"], rows, { width });
  return { text: `Parameters of ${name}, set by -p NAME=VALUE:\n\n${table}`, hasCell: true };
}

const oneLine = (text: Parameter["default"]): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
};
