export type { TableRow, TableRow as TrainingRow } from "./rowCells.ts";
