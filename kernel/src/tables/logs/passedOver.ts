import { excerpt } from "isoflop-datasets/csv";

/** What a note says of rows of a log that hold other things than what is asked for. */
export function passedOver(passed: number, all: number, columns: readonly string[]): string {
  const names = columns.map((column) => excerpt(column)).join(", ");
  return `${passed} of ${all} rows of the log, which lack one of ${names}, were passed over`;
}
