export * from "./csv/column.ts";
export { defineTable, type Row, type Table } from "./csv/defineTable.ts";
export { parseTable, type RowOf, type Schema } from "./csv/parseTable.ts";
export { chinchillaFigure4 } from "./tables/chinchillaFigure4.ts";
export { hoffmannOptimalTables } from "./tables/hoffmannOptimalTables.ts";
export { hoffmannTable2 } from "./tables/hoffmannTable2.ts";
export { isoflopsPublished } from "./tables/isoflopsPublished.ts";
