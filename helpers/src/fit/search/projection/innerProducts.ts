import { dot } from "../../../numerics/linear/dot.ts";
import { dots } from "../../../numerics/linear/dots.ts";
import type { Design } from "./gridDesign.ts";

/** Inner products of a grid's columns as one flat list of lookups, so that a loop over cells only indexes arrays. */
export interface InnerProducts {
  /** Products of each pair of columns (and of each column with the response) over the coordinates they depend on. */
  readonly values: readonly Float64Array[];
  /** Where each goes: `row * width + column` of the Gram matrix, or `-1 - row` for products with the response. */
  readonly to: Int32Array;
  /** For each list of products the stride of every dimension (0 where it does not depend on it). */
  readonly strides: Int32Array;
  /** The first list that depends on the first dimension, which changes from cell to cell; those before it seldom change. */
  readonly firstMoving: number;
}

/**
 * Tabulates the inner products once per combination of the coordinates that matter to them ("separable sums"): for
 * `chinchilla` only the product of the two power terms needs both exponents.
 *
 * @param sizes number of grid values along each dimension
 */
export function innerProducts(
  designs: readonly Design[],
  response: Float64Array,
  sizes: readonly number[],
): InnerProducts {
  const lookups: { to: number; values: Float64Array; strides: Int32Array }[] = [];
  for (let a = 0; a < designs.length; a++) {
    for (let b = 0; b <= a; b++) {
      const union = [...new Set([...designs[a]!.dimensions, ...designs[b]!.dimensions])];
      const { count, strides } = stridesOf(union, sizes);
      const values = new Float64Array(count);
      if (union.length === designs[a]!.dimensions.length + designs[b]!.dimensions.length) {
        dots(designs[a]!.columns, designs[b]!.columns, values);
      } else fillShared(values, designs[a]!, designs[b]!, union, sizes);
      lookups.push({ to: a * designs.length + b, values, strides });
    }
  }
  designs.forEach(({ dimensions, columns }, a) => {
    const values = Float64Array.from(columns, (column) => dot(column, response));
    lookups.push({ to: -1 - a, values, strides: stridesOf(dimensions, sizes).strides });
  });
  const moves = ({ strides }: { strides: Int32Array }) => (sizes.length > 0 && strides[0]! > 0 ? 1 : 0);
  lookups.sort((one, other) => moves(one) - moves(other));
  return {
    firstMoving: lookups.filter((lookup) => !moves(lookup)).length,
    values: lookups.map(({ values }) => values),
    to: Int32Array.from(lookups, ({ to }) => to),
    strides: Int32Array.from(lookups.flatMap(({ strides }) => [...strides])),
  };
}

/** The products of two designs that have a dimension in common. */
function fillShared(
  values: Float64Array,
  one: Design,
  other: Design,
  union: readonly number[],
  sizes: readonly number[],
): void {
  const digits = new Int32Array(sizes.length);
  for (let k = 0; k < values.length; k++) {
    let rest = k;
    for (const d of union) {
      digits[d] = rest % sizes[d]!;
      rest = Math.floor(rest / sizes[d]!);
    }
    values[k] = dot(columnAt(one, sizes, digits), columnAt(other, sizes, digits));
  }
}

function stridesOf(
  dimensions: readonly number[],
  sizes: readonly number[],
): { count: number; strides: Int32Array } {
  const strides = new Int32Array(sizes.length);
  let count = 1;
  for (const d of dimensions) {
    strides[d] = count;
    count *= sizes[d]!;
  }
  return { count, strides };
}

function columnAt(
  { dimensions, columns }: Design,
  sizes: readonly number[],
  digits: Int32Array,
): Float64Array {
  let index = 0;
  let stride = 1;
  for (const d of dimensions) {
    index += digits[d]! * stride;
    stride *= sizes[d]!;
  }
  return columns[index]!;
}
