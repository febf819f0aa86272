import type { Law } from "../../../laws/definition/Law.ts";
import { BoundedLeastSquares } from "../../../numerics/linear/boundedLeastSquares.ts";
import { dot } from "../../../numerics/linear/dot.ts";
import type { Coordinates } from "../../objective/Coordinates.ts";
import { type GridData, type GridDesign, gridDesign } from "./gridDesign.ts";
import { innerProducts } from "./innerProducts.ts";

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
  const design = gridDesign(law, coordinates, data, axes);
  const { outer, unknowns, theta } = design;
  const sizes = outer.map(({ axis }) => axis.length);
  const m = unknowns.length;
  const nonNegative = Uint8Array.from(unknowns, ({ lower }) => (lower >= 0 ? 1 : 0));
  const { rss, solutions } = solveCells(design, sizes, nonNegative, coordinates.constant);

  const cells: GridCell[] = [];
  let best = 0;
  let positive = -1;
  for (let cell = 0; cell < rss.length; cell++) {
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

/** The best linear parameters in every cell and the sum of squares that they leave. */
function solveCells(
  { designs, response, known, unknowns }: GridDesign,
  sizes: readonly number[],
  nonNegative: Uint8Array,
  constant: Float64Array,
): { rss: Float64Array; solutions: Float64Array } {
  const { values, to, strides, firstMoving } = innerProducts(designs, response, sizes);
  const width = designs.length;
  const m = unknowns.length;
  const total = sizes.reduce((a, b) => a * b, 1);
  const yy = dot(response, response);
  const coefficients = known.map((j) => constant[j]!);
  const solver = new BoundedLeastSquares(m);
  const gram = new Float64Array(width * width);
  const products = new Float64Array(width);
  const g = new Float64Array(m * m);
  const h = new Float64Array(m);
  const c = new Float64Array(m);
  const dimensions = sizes.length;
  const digits = new Int32Array(dimensions);
  const rss = new Float64Array(total);
  const solutions = new Float64Array(total * m);
  for (let cell = 0; cell < total; cell++) {
    for (let d = 0, rest = cell; d < dimensions; d++) {
      digits[d] = rest % sizes[d]!;
      rest = Math.floor(rest / sizes[d]!);
    }
    const first = dimensions > 0 && digits[0]! > 0 ? firstMoving : 0;
    for (let t = first, at = first * dimensions; t < to.length; t++) {
      let index = 0;
      for (let d = 0; d < dimensions; d++, at++) index += strides[at]! * digits[d]!;
      const entry = values[t]![index]!;
      const place = to[t]!;
      if (place < 0) products[-1 - place] = entry;
      else gram[place] = entry;
    }
    for (let a = 0; a < width; a++) for (let b = 0; b < a; b++) gram[b * width + a] = gram[a * width + b]!;
    // Fixed linear parameters are moved to the other side: their columns times their values.
    let left = yy;
    for (let a = 0; a < m; a++) {
      h[a] = products[a]!;
      for (let b = 0; b < m; b++) g[a * m + b] = gram[a * width + b]!;
      for (let f = 0; f < coefficients.length; f++) h[a]! -= coefficients[f]! * gram[a * width + m + f]!;
    }
    for (let f = 0; f < coefficients.length; f++) {
      left -= 2 * coefficients[f]! * products[m + f]!;
      for (let e = 0; e < coefficients.length; e++) {
        left += coefficients[f]! * coefficients[e]! * gram[(m + f) * width + m + e]!;
      }
    }
    rss[cell] = left + solver.solve(g, h, nonNegative, c);
    for (let a = 0; a < m; a++) solutions[cell * m + a] = c[a]!;
  }
  return { rss, solutions };
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
