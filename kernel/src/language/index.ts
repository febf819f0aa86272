export {
  type CellDiagnostic,
  type Completeness,
  type Completion,
  type Inspection,
  type Language,
  type LanguageOptions,
  startLanguage,
} from "./language.ts";
