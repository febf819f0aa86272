export { type CsvHandlers, type CsvOptions, CsvReader } from "./CsvReader.ts";
export { describeRaggedRow } from "./describeRaggedRow.ts";
export { excerpt } from "./excerpt.ts";
export { type FilePlace, MalformedFileError } from "./MalformedFileError.ts";
export { parseDecimal } from "./parseDecimal.ts";
export { type CsvTable, readCsv } from "./readCsv.ts";
export { StrictText } from "./StrictText.ts";
