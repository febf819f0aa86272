import { countParams, formatCount, modelNamed, publishedModels } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";

/** A row of the catalogue as `isoflop models --json` gives it. */
export interface CatalogRow {
  readonly name: string;
  readonly hubId: string;
  readonly modelType: string;
  readonly total: number;
  readonly active: number;
  readonly source: string;
}

/** Every model of the catalogue with its counts. */
export function catalogRows(): CatalogRow[] {
  return publishedModels().map(({ name, hubId, source }) => {
    const model = modelNamed(name);
    const { total, active } = countParams(model);
    return { name, hubId, modelType: model.modelType, total, active, source };
  });
}

/** The catalogue as a table for a terminal of so many columns. */
export function catalogText(width = Number.POSITIVE_INFINITY): string {
  const rows = catalogRows().map(({ name, modelType, total, active }) => [
    name,
    modelType,
    formatCount(total),
    active === total ? "" : formatCount(active),
  ]);
  return fittedTable(["model", "model_type", "parameters", "active"], rows, { width });
}
