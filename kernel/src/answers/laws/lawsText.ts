import { builtInLaws } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";

/** The built-in laws as a table for a terminal of so many columns. */
export function lawsText(width = Number.POSITIVE_INFINITY): string {
  const rows = builtInLaws.map((law) => [
    law.name,
    law.variables.map(({ name }) => name).join(", "),
    law.response.name,
    law.parameters.map(({ name }) => name).join(", "),
    law.source,
  ]);
  const columns = ["law", "reads", "predicts", "parameters", "source"];
  return fittedTable(columns, rows, { width, footnotes: columns.indexOf("source") });
}
