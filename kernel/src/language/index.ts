export type { CellDiagnostic } from "./answers/cellDiagnostics.ts";
export type { Completion } from "./answers/completeCell.ts";
export type { Inspection } from "./answers/inspectCell.ts";
export type { Completeness } from "./cells/isComplete.ts";
export type { Language, LanguageOptions } from "./Language.ts";
export { startLanguage } from "./startLanguage.ts";
