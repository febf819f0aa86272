import { type FieldSource, findColumn } from "../../../tables/chooseColumns.ts";
import { identifier } from "./ColumnNames.ts";

const usual = ["nParams", "nTokens", "flops", "loss"];

/**
 * How a file calls what others call otherwise: a name that another file has for a usual field is that field here, and one
 * that differs in signs alone is that column. What `--map` says of a column that only another file has is left out where
 * the field is found by its usual names.
 *
 * @param header the file's
 * @param others those of the files read with it
 * @param map what the user said
 * @param used the names that are asked for, as columns
 * @returns `--map`, as far as it is about this file, and an entry for each name that the file has under another
 */
export function mapForFile(
  header: readonly string[],
  others: readonly (readonly string[])[],
  map: readonly FieldSource[],
  used: readonly string[],
): FieldSource[] {
  const isElsewhere = ({ column }: FieldSource) => others.some((other) => other.includes(column));
  const own = map.filter(
    (source) =>
      header.includes(source.column) ||
      !isElsewhere(source) ||
      !findColumn(source.field, header, without(map, source)),
  );
  const taken = own.map(({ field }) => field);
  const called = [...new Set(used)].flatMap((name): FieldSource[] => {
    if (header.includes(name) || taken.includes(name) || usual.includes(name)) return [];
    const alike = header.filter((one) => identifier(one) !== "" && identifier(one) === identifier(name));
    if (alike.length === 1) return [{ field: name, column: alike[0]!, factor: 1, given: true }];
    for (const other of others) {
      const column = other.find((one) => one === name) ?? other.find((one) => identifier(one) === name);
      if (column === undefined) continue;
      for (const field of usual) {
        const there = findColumn(field, other, ownMap(map, other));
        if (there?.column !== column) continue;
        const here = findColumn(field, header, own);
        if (here) return [{ ...here, field: name, factor: here.factor / there.factor, given: true }];
      }
    }
    return [];
  });
  return [...own, ...called];
}

const without = (map: readonly FieldSource[], source: FieldSource) => map.filter((one) => one !== source);
const ownMap = (map: readonly FieldSource[], header: readonly string[]) =>
  map.filter(({ column }) => header.includes(column));
