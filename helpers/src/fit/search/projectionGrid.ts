import type { Columns, Law } from "../../laws/definition/Law.ts";
import { BoundedLeastSquares } from "../../numerics/linear/boundedLeastSquares.ts";
import type { Coordinates } from "../objective/Coordinates.ts";

/** Runs weighted for least squares on the response itself. */
export interface GridData {
  readonly n: number;
  readonly x: Columns;
  readonly y: Float64Array;
  readonly w: Float64Array;
}

export interface GridCell {
  /** Complete parameters: the grid's exponents and the best linear parameters for them. */
  readonly theta: Float64Array;
  /** Weighted residual sum of squares there. */
  readonly rss: number;
  /** Whether no neighbouring cell is lower. */
  readonly localMinimum: boolean;
}

/**
 * Variable projection on a grid: for every combination of the non-linear coordinates the linear parameters are
 * solved in closed form, so that a law with five parameters costs a two-dimensional search.
 *
 * A column of the design (such as N^-alpha) depends on few of the coordinates, so columns and their inner products
 * are computed once per value of those and only looked up in the cells ("separable sums"): for `chinchilla` only the
 * product of the two power terms needs both exponents.
 *
 * @param axes for each coordinate its grid values (natural units), or undefined where it is linear.
 * @returns every cell's sum of squares, the local minima among the cells, best first, and the best cell in which no
 * coefficient is zero.
 *
 * Source: Golub and Pereyra 1973; for scaling laws, Czech et al. 2026 (arXiv 2603.22339).
 */
export function projectionGrid(
  law: Law,
  coordinates: Coordinates,
  data: GridData,
  axes: readonly (Float64Array | undefined)[],
): { rss: Float64Array; cells: GridCell[]; positive: GridCell | undefined } {
  const { n } = data;
  const p = law.parameters.length;
  const names = law.parameters.map((parameter) => parameter.name);
  const outer = axes.flatMap((axis, slot) => (axis ? [{ slot, axis }] : []));
  const sizes = outer.map(({ axis }) => axis.length);
  const total = sizes.reduce((a, b) => a * b, 1);

  // One column of the design per free linear coordinate, and one per fixed linear parameter (known coefficient).
  const dimensionsOf = (parameter: number) => {
    const { given } = law.linear.find((entry) => entry.parameter === names[parameter])!;
    const slots = new Set(given.map((name) => coordinates.slot[names.indexOf(name)]!));
    return outer.flatMap(({ slot }, d) => (slots.has(slot) ? [d] : []));
  };
  const linear = law.linear.map(({ parameter }) => names.indexOf(parameter));
  const unknowns = coordinates.free.flatMap((coordinate, slot) =>
    axes[slot] ? [] : [{ members: coordinate.members, lower: coordinate.log ? 0 : coordinate.lower }],
  );
  const known = linear.filter((j) => coordinates.slot[j]! < 0);
  const designs = [
    ...unknowns.map(({ members }) => members),
    ...known.map((j) => [j] as readonly number[]),
  ].map((members) => {
    const dimensions = [...new Set(members.flatMap(dimensionsOf))].sort((a, b) => a - b);
    return { members, dimensions, columns: [] as Float64Array[] };
  });
  const m = unknowns.length;

  // Columns: evaluate the law once per combination; designs that share no coordinate share the evaluations.
  const theta = new Float64Array(p);
  for (let j = 0; j < p; j++) theta[j] = coordinates.slot[j]! < 0 ? coordinates.constant[j]! : 1;
  // Columns and response carry the root of the weight, so that plain inner products are weighted ones.
  const root = data.w.subarray(0, n).map(Math.sqrt);
  const response = data.y.subarray(0, n).map((y, i) => y * root[i]!);
  const value = new Float64Array(n);
  const jacobian = new Float64Array(n * p);
  const setOuter = (d: number, k: number) => {
    for (const j of coordinates.free[outer[d]!.slot]!.members) theta[j] = outer[d]!.axis[k]!;
  };
  for (let d = 0; d < outer.length; d++) setOuter(d, 0);
  const disjoint =
    new Set(designs.flatMap((d) => d.dimensions)).size === designs.flatMap((d) => d.dimensions).length;
  for (const batch of disjoint ? [designs] : designs.map((design) => [design])) {
    const counts = batch.map(({ dimensions }) => dimensions.reduce((a, d) => a * sizes[d]!, 1));
    for (let k = 0; k < Math.max(...counts, 0); k++) {
      batch.forEach(({ dimensions }, b) => {
        if (k >= counts[b]!) return;
        let rest = k;
        for (const d of dimensions) {
          setOuter(d, rest % sizes[d]!);
          rest = Math.floor(rest / sizes[d]!);
        }
      });
      law.evaluate(theta, data.x, n, value, jacobian);
      batch.forEach(({ members, columns }, b) => {
        if (k < counts[b]!) columns.push(sumOfColumns(jacobian, p, members, root));
      });
    }
  }

  // Inner products, each tabulated over the coordinates that its two columns depend on.
  const tables: { row: number; column: number; values: Float64Array; strides: Int32Array }[] = [];
  for (let a = 0; a < designs.length; a++) {
    for (let b = 0; b <= a; b++) {
      const union = [...new Set([...designs[a]!.dimensions, ...designs[b]!.dimensions])];
      tables.push({ row: a, column: b, ...tabulate(union, a, b) });
    }
  }
  function tabulate(union: number[], a: number, b: number) {
    const strides = new Int32Array(outer.length);
    let count = 1;
    for (const d of union) {
      strides[d] = count;
      count *= sizes[d]!;
    }
    const values = new Float64Array(count);
    const digits = new Int32Array(outer.length);
    for (let k = 0; k < count; k++) {
      let rest = k;
      for (let at = 0; at < union.length; at++) {
        const d = union[at]!;
        digits[d] = rest % sizes[d]!;
        rest = Math.floor(rest / sizes[d]!);
      }
      const left = designs[a]!.columns[columnIndex(designs[a]!.dimensions, sizes, digits)]!;
      const right = designs[b]!.columns[columnIndex(designs[b]!.dimensions, sizes, digits)]!;
      values[k] = dot(left, right, n);
    }
    return { values, strides };
  }
  const withResponse = designs.map(({ dimensions, columns }) => {
    const strides = new Int32Array(outer.length);
    let count = 1;
    for (const d of dimensions) {
      strides[d] = count;
      count *= sizes[d]!;
    }
    return { values: Float64Array.from(columns, (column) => dot(column, response, n)), strides };
  });
  const yy = dot(response, response, n);

  // The cells.
  const solver = new BoundedLeastSquares(m);
  const gram = new Float64Array(designs.length * designs.length);
  const products = new Float64Array(designs.length);
  const g = new Float64Array(m * m);
  const h = new Float64Array(m);
  const c = new Float64Array(m);
  const nonNegative = Uint8Array.from(unknowns, ({ lower }) => (lower >= 0 ? 1 : 0));
  const coefficients = known.map((j) => coordinates.constant[j]!);
  const digits = new Int32Array(outer.length);
  const rss = new Float64Array(total);
  const solutions = new Float64Array(total * m);
  const width = designs.length;
  // One flat list of lookups, so that the loop over cells does nothing but index arrays.
  const lookups = [
    ...tables.map(({ row, column, ...table }) => ({ ...table, to: row * width + column })),
    ...withResponse.map((table, a) => ({ ...table, to: -1 - a })),
  ];
  const lookupValues = lookups.map(({ values }) => values);
  const lookupTo = Int32Array.from(lookups, ({ to }) => to);
  const lookupStrides = Int32Array.from(lookups.flatMap(({ strides }) => [...strides]));
  const dimensions = sizes.length;
  for (let cell = 0; cell < total; cell++) {
    for (let d = 0, rest = cell; d < dimensions; d++) {
      digits[d] = rest % sizes[d]!;
      rest = Math.floor(rest / sizes[d]!);
    }
    for (let t = 0, at = 0; t < lookupTo.length; t++) {
      let index = 0;
      for (let d = 0; d < dimensions; d++, at++) index += lookupStrides[at]! * digits[d]!;
      const entry = lookupValues[t]![index]!;
      const to = lookupTo[t]!;
      if (to < 0) products[-1 - to] = entry;
      else gram[to] = entry;
    }
    for (let a = 0; a < width; a++) for (let b = 0; b < a; b++) gram[b * width + a] = gram[a * width + b]!;
    let constant = yy;
    for (let a = 0; a < m; a++) {
      h[a] = products[a]!;
      for (let b = 0; b < m; b++) g[a * m + b] = gram[a * width + b]!;
      for (let f = 0; f < coefficients.length; f++)
        h[a] = h[a]! - coefficients[f]! * gram[a * width + m + f]!;
    }
    for (let f = 0; f < coefficients.length; f++) {
      constant -= 2 * coefficients[f]! * products[m + f]!;
      for (let e = 0; e < coefficients.length; e++) {
        constant += coefficients[f]! * coefficients[e]! * gram[(m + f) * width + m + e]!;
      }
    }
    rss[cell] = constant + solver.solve(g, h, nonNegative, c);
    for (let a = 0; a < m; a++) solutions[cell * m + a] = c[a]!;
  }

  const cells: GridCell[] = [];
  let best = 0;
  let positive = -1;
  for (let cell = 0; cell < total; cell++) {
    if (rss[cell]! < rss[best]!) best = cell;
    if ((positive < 0 || rss[cell]! < rss[positive]!) && allPositive(cell)) positive = cell;
    if (isLocalMinimum(rss, sizes, cell)) cells.push(cellAt(cell, true));
  }
  if (!cells.some(({ rss: value }) => value === rss[best])) cells.push(cellAt(best, false));
  cells.sort((a, b) => a.rss - b.rss);
  return { rss, cells, positive: positive < 0 ? undefined : cellAt(positive, false) };

  function allPositive(cell: number): boolean {
    for (let a = 0; a < m; a++) if (nonNegative[a] && !(solutions[cell * m + a]! > 0)) return false;
    return true;
  }

  function cellAt(cell: number, localMinimum: boolean): GridCell {
    const found = theta.slice();
    let rest = cell;
    for (let d = 0; d < sizes.length; d++) {
      for (const j of coordinates.free[outer[d]!.slot]!.members) found[j] = outer[d]!.axis[rest % sizes[d]!]!;
      rest = Math.floor(rest / sizes[d]!);
    }
    unknowns.forEach(({ members }, a) => {
      for (const j of members) found[j] = solutions[cell * m + a]!;
    });
    return { theta: found, rss: rss[cell]!, localMinimum };
  }
}

function isLocalMinimum(rss: Float64Array, sizes: readonly number[], cell: number): boolean {
  let stride = 1;
  let rest = cell;
  for (let d = 0; d < sizes.length; d++) {
    const size = sizes[d]!;
    const digit = rest % size;
    rest = Math.floor(rest / size);
    if (digit > 0 && rss[cell - stride]! < rss[cell]!) return false;
    if (digit < size - 1 && rss[cell + stride]! <= rss[cell]!) return false;
    stride *= size;
  }
  return true;
}

function columnIndex(dimensions: readonly number[], sizes: readonly number[], digits: Int32Array): number {
  let index = 0;
  let stride = 1;
  for (let at = 0; at < dimensions.length; at++) {
    const d = dimensions[at]!;
    index += digits[d]! * stride;
    stride *= sizes[d]!;
  }
  return index;
}

/** The sum of some columns of the Jacobian, each row times its factor. */
function sumOfColumns(
  jacobian: Float64Array,
  p: number,
  members: readonly number[],
  factor: Float64Array,
): Float64Array {
  const out = new Float64Array(factor.length);
  for (const j of members) {
    for (let i = 0, at = j; i < out.length; i++, at += p) out[i] = out[i]! + jacobian[at]! * factor[i]!;
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array, n: number): number {
  // Four sums, because one would wait for each addition to finish before the next.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < n; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}
