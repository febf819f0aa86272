export type { IndexEntry } from "./entries/IndexEntry.ts";
export type { Provenance } from "./provenance.ts";
export { renderIndex, scoreboardText } from "./renderIndex.ts";
export { type Report, type ReportInput, renderReport } from "./renderReport.ts";
export { type ReportResult, type WriteReportsOptions, writeReports } from "./writeReports.ts";
