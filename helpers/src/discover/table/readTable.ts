import type { Coordinate } from "../grammar/Candidate.ts";
import { chooseCoordinate, coordinateOf } from "../grammar/coordinate.ts";
import type { Points } from "../grammar/evaluateTerm.ts";
import type { DiscoverOptions, DiscoverRow } from "./DiscoverOptions.ts";
import type { DiscoverTable } from "./DiscoverTable.ts";
import { independentColumns } from "./independentColumns.ts";
import { constantColumn, followingColumn } from "./LeftOut.ts";
import { requireRoles } from "./requireRoles.ts";
import { sharesAmong } from "./sharesAmong.ts";

/**
 * Reads rows: which columns are variables, how each goes into laws, which are scales, shares or counts of repeated data.
 *
 * @throws RangeError where a column is missing, or a value is no finite number
 */
export function readTable(rows: readonly DiscoverRow[], options: DiscoverOptions): DiscoverTable {
  const responses = typeof options.response === "string" ? [options.response] : [...options.response];
  const { group, ignore = [], decreasing = [] } = options;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  requireRoles(options, columns);
  const apart = new Set([...responses, ...ignore, ...(group ? [group] : [])]);
  const named = new Set([...(options.scale ?? []), ...decreasing]);
  const notes: string[] = [];
  const candidates = columns.filter((name) => {
    if (apart.has(name)) return false;
    const numbers = rows.filter((row) => typeof row[name] === "number").length;
    // A column of numbers with holes has lost some; one of texts is none.
    if (numbers > rows.length / 2 || named.has(name)) columnOf(rows, name);
    else notes.push(`${name} holds ${numbers === 0 ? "no numbers" : "few numbers"}, and is left out`);
    const isResponse =
      numbers === rows.length && responses.find((one) => rows.every((row) => row[one] === row[name]));
    if (isResponse) notes.push(`${name} is ${isResponse} in every row, and is left out`);
    return numbers === rows.length && !isResponse;
  });
  const groups = rows.map((row) => (group === undefined ? "" : String(row[group] ?? "")));
  const groupNames = [...new Set(groups)];
  const order = rows
    .map((_, i) => i)
    .sort((a, b) => groupNames.indexOf(groups[a]!) - groupNames.indexOf(groups[b]!) || a - b);
  const sorted = order.map((i) => rows[i]!);
  const columnValues = new Map(candidates.map((name) => [name, columnOf(rows, name, sorted)]));
  const isVarying = (name: string) => new Set(columnValues.get(name)).size > 1;
  const constant = candidates.filter((name) => !isVarying(name));
  for (const name of constant) notes.push(`${name} is the same in every row, and is left out`);
  // Scales first: where two columns say the same, the later one is left out.
  const first = [...named].filter((name) => candidates.includes(name));
  const varying = [...new Set([...first, ...candidates])].filter(isVarying);
  const shareNames = sharesAmong(candidates, columnValues).filter(isVarying);
  const all = varying.map((name) =>
    chooseCoordinate(
      name,
      columnValues.get(name)!,
      shareNames.includes(name) ? "value" : undefined,
      options.scale?.includes(name) ?? false,
    ),
  );
  const { kept, following } = independentColumns(all, columnValues, new Set(shareNames));
  for (const { coordinate } of following)
    notes.push(`${coordinate.name} follows from the other columns, and is left out`);
  const points = pointsOf(kept, columnValues, sorted.length);
  const groupOf = Int32Array.from(order, (i) => groupNames.indexOf(groups[i]!));
  const starts = groupNames.map((_, g) => groupOf.indexOf(g));
  starts.push(sorted.length);
  const indexOf = (name: string) => kept.findIndex((one) => one.name === name);
  const chosen = options.scale?.map(indexOf).filter((v) => v >= 0) ?? growing(points);
  return {
    responses: responses.map((name) => {
      const y = Float64Array.from(columnOf(rows, name, sorted));
      if (y.every((value) => value === y[0])) {
        throw new RangeError(`${name} is ${y[0]} in every row, and has no law; name a response that differs`);
      }
      return {
        name,
        data: { points, y, weights: weightsOf(y), starts, groups: groupNames.map((_, g) => g) },
      };
    }),
    shape: {
      coordinates: kept,
      scale: chosen.length > 0 ? chosen : kept.map((_, v) => v),
      shares: shareNames.map(indexOf),
      pairs: repeatedPairs(points),
      counts: points.x.flatMap((column, v) => (isCount(column) ? [v] : [])),
      levels: points.x.map((column) => new Set(column).size),
      smallest: points.x.map((column) => column.reduce((low, x) => Math.min(low, x), Infinity)),
    },
    groupNames,
    groupOf,
    different: groupNames.map(
      (_, g) =>
        new Set(order.flatMap((_, i) => (groupOf[i] === g ? [points.x.map((x) => x[i]).join(" ")] : [])))
          .size,
    ),
    decreasing: new Set(decreasing.map(indexOf).filter((v) => v >= 0)),
    columns,
    leftOut: [
      ...constant.map((name) => constantColumn(name, columnValues.get(name)![0]!)),
      ...following.map(followingColumn),
    ],
    notes,
  };
}

/** Columns as laws read them. */
export function pointsOf(
  coordinates: readonly Coordinate[],
  values: ReadonlyMap<string, readonly number[]>,
  n: number,
): Points {
  const x = coordinates.map(({ name }) => Float64Array.from(values.get(name)!));
  return {
    n,
    coordinates,
    x,
    u: x.map((column, v) => column.map((one) => coordinateOf(coordinates[v]!, one))),
  };
}

/**
 * A column of numbers.
 *
 * @param one what a message calls one of the rows
 * @throws RangeError at the first value that is none
 */
export function columnOf(rows: readonly DiscoverRow[], name: string, from = rows, one = "row"): number[] {
  const at = rows.findIndex((row) => typeof row[name] !== "number" || !Number.isFinite(row[name]));
  if (at >= 0) {
    throw new RangeError(
      `${name} must be a finite number, got ${String(rows[at]![name])} in ${one} ${at}; drop it or fix the file`,
    );
  }
  return from.map((row) => row[name] as number);
}

/** Relative residuals where a positive response spans more than a factor of four: its noise grows with it. */
function weightsOf(y: Float64Array): Float64Array {
  const low = y.reduce((least, value) => Math.min(least, value), Infinity);
  const high = y.reduce((most, value) => Math.max(most, value), -Infinity);
  return low > 0 && high > 4 * low ? y.map((value) => 1 / value ** 2) : y.map(() => 1);
}

/** The largest first value of a count; sizes and tokens begin far above. */
const largestStart = 100;

const isCount = (column: Float64Array): boolean =>
  column.every((x) => Number.isInteger(x) && x > 0) && Math.min(...column) <= largestStart;

/** Positive columns that grow fourfold or more. */
const growing = ({ x, coordinates }: Points): number[] =>
  x.flatMap((column, v) =>
    coordinates[v]!.kind === "log" && Math.max(...column) >= 4 * Math.min(...column) ? [v] : [],
  );

/** Pairs of which one is never below the other, equal somewhere or nearly so, and more than twice it elsewhere. */
function repeatedPairs({ x, coordinates }: Points): [number, number][] {
  const isPositive = (v: number) => coordinates[v]!.kind === "log";
  return x.flatMap((total, a) =>
    x.flatMap((unique, b): [number, number][] => {
      if (a === b || !isPositive(a) || !isPositive(b)) return [];
      const ratios = total.map((value, i) => value / unique[i]!);
      const least = Math.min(...ratios);
      return least >= 1 - 1e-9 && least < 1.5 && Math.max(...ratios) > 2 ? [[a, b]] : [];
    }),
  );
}
