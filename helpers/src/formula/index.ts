export type { DefineLawOptions } from "./DefineLawOptions.ts";
export { defineLaw } from "./defineLaw.ts";
export { type FormulaColumn, lawFromFormula, type TableLaw } from "./lawFromFormula.ts";
