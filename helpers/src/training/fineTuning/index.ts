export { type ColumnRowVariance, columnRowVariance } from "./columnRowVariance.ts";
