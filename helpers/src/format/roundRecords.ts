import { isWhole, refusal } from "../numerics/arguments/requireNumber.ts";
/**
 * Records with their numbers rounded to so many significant digits, to be read rather than computed with. Whole
 * numbers stay as they are: a vocabulary of 128256 entries is not 128300.
 *
 * @param records any records; what is not a number stays as it is
 * @param digits significant digits, 1 to 15; default 4
 * @throws RangeError when digits is not a whole number from 1 to 15
 *
 * @example
 * import { roundRecords } from "isoflop";
 * roundRecords([{ law: "Step Law", learningRate: 0.0010226201292341279 }])[0]?.learningRate; // => 0.001023
 */
export function roundRecords<R extends object>(records: readonly R[], digits = 4): R[] {
  if (!isWhole(digits, 1, 15))
    throw refusal("digits", "must be a whole number from 1 to 15", digits, "4 is usual");
  const round = (value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value;
  return records.map(
    (record) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, round(value)])) as R,
  );
}
