import { builtInLaws, textTable } from "isoflop";

/** The built-in laws as a table for a terminal. */
export function lawsText(): string {
  const rows = builtInLaws.map((law) => [
    law.name,
    law.variables.map(({ name }) => name).join(", "),
    law.response.name,
    law.parameters.map(({ name }) => name).join(", "),
    law.source,
  ]);
  return textTable(["law", "reads", "predicts", "parameters", "source"], rows);
}
