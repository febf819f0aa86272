import type { Columns, Law } from "../../../laws/definition/Law.ts";
import type { Coordinates } from "../../objective/Coordinates.ts";

/** Runs weighted for least squares on the response itself. */
export interface GridData {
  readonly n: number;
  readonly x: Columns;
  readonly y: Float64Array;
  readonly w: Float64Array;
}

/** A column of the design (such as N^-alpha), once for each combination of the grid coordinates it depends on. */
export interface Design {
  /** Parameters whose columns it sums: several where they are tied. */
  readonly members: readonly number[];
  /** Which of the grid's dimensions it depends on, ascending. */
  readonly dimensions: readonly number[];
  readonly columns: Float64Array[];
}

export interface GridDesign {
  /** Grid values along each dimension, with the coordinate of the search that moves there. */
  readonly outer: readonly { readonly slot: number; readonly axis: Float64Array }[];
  /** Linear coordinates to be solved for, with their lower bound; the first designs are theirs. */
  readonly unknowns: readonly { readonly members: readonly number[]; readonly lower: number }[];
  /** Fixed linear parameters; the remaining designs are theirs. */
  readonly known: readonly number[];
  readonly designs: readonly Design[];
  /** The response times the root of the weight. */
  readonly response: Float64Array;
  /** Parameters with every fixed one in place. */
  readonly theta: Float64Array;
}

/**
 * The columns of the linear problem in every cell of a grid, each evaluated once per value of the coordinates it
 * depends on. Columns and response carry the root of the weight, so that plain inner products are weighted ones.
 *
 * @param axes for each coordinate its grid values (natural units), or undefined where it is linear.
 */
export function gridDesign(
  law: Law,
  coordinates: Coordinates,
  data: GridData,
  axes: readonly (Float64Array | undefined)[],
): GridDesign {
  const { n } = data;
  const p = law.parameters.length;
  const names = law.parameters.map((parameter) => parameter.name);
  const outer = axes.flatMap((axis, slot) => (axis ? [{ slot, axis }] : []));
  const dimensionsOf = (parameter: number) => {
    const { given } = law.linear.find((entry) => entry.parameter === names[parameter])!;
    const slots = new Set(given.map((name) => coordinates.slot[names.indexOf(name)]!));
    return outer.flatMap(({ slot }, d) => (slots.has(slot) ? [d] : []));
  };
  const unknowns = coordinates.free.flatMap((coordinate, slot) =>
    axes[slot] ? [] : [{ members: coordinate.members, lower: coordinate.log ? 0 : coordinate.lower }],
  );
  const known = law.linear
    .map(({ parameter }) => names.indexOf(parameter))
    .filter((j) => coordinates.slot[j]! < 0);
  const designs = [...unknowns.map(({ members }) => members), ...known.map((j) => [j])].map((members) => {
    const dimensions = [...new Set(members.flatMap(dimensionsOf))].sort((a, b) => a - b);
    return { members, dimensions, columns: [] as Float64Array[] };
  });

  const theta = new Float64Array(p);
  for (let j = 0; j < p; j++) theta[j] = coordinates.slot[j]! < 0 ? coordinates.constant[j]! : 1;
  const root = data.w.subarray(0, n).map(Math.sqrt);
  const value = new Float64Array(n);
  const jacobian = new Float64Array(n * p);
  const setOuter = (d: number, k: number) => {
    for (const j of coordinates.free[outer[d]!.slot]!.members) theta[j] = outer[d]!.axis[k]!;
  };
  for (let d = 0; d < outer.length; d++) setOuter(d, 0);
  for (const batch of batches(designs)) {
    const counts = batch.map(({ dimensions }) => dimensions.reduce((a, d) => a * outer[d]!.axis.length, 1));
    for (let k = 0; k < Math.max(...counts, 0); k++) {
      batch.forEach(({ dimensions }, b) => {
        if (k >= counts[b]!) return;
        let rest = k;
        for (const d of dimensions) {
          setOuter(d, rest % outer[d]!.axis.length);
          rest = Math.floor(rest / outer[d]!.axis.length);
        }
      });
      law.evaluate(theta, data.x, n, value, jacobian);
      batch.forEach(({ members, columns }, b) => {
        if (k < counts[b]!) columns.push(sumOfColumns(jacobian, p, members, root));
      });
    }
  }
  const response = data.y.subarray(0, n).map((y, i) => y * root[i]!);
  return { outer, unknowns, known, designs, response, theta };
}

/** Designs that share no coordinate share the law's evaluations; otherwise each has its own. */
function batches<D extends { readonly dimensions: readonly number[] }>(designs: readonly D[]) {
  const used = designs.flatMap(({ dimensions }) => dimensions);
  return new Set(used).size === used.length ? [designs] : designs.map((design) => [design]);
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
    for (let i = 0, at = j; i < out.length; i++, at += p) out[i]! += jacobian[at]! * factor[i]!;
  }
  return out;
}
