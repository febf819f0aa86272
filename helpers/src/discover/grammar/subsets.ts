/** All subsets of a list that are not empty, small ones first, each in the list's order. */
export function subsetsOf(of: readonly number[]): number[][] {
  const all = Array.from({ length: 2 ** of.length - 1 }, (_, k) =>
    of.filter((_one, bit) => ((k + 1) >> bit) & 1),
  );
  return all.sort((a, b) => a.length - b.length);
}

/** All ways to divide a list into blocks. */
export function partitionsOf(of: readonly number[]): number[][][] {
  if (of.length === 0) return [[]];
  const [first, ...rest] = of as [number, ...number[]];
  return partitionsOf(rest).flatMap((blocks) => [
    [[first], ...blocks],
    ...blocks.map((_, k) => blocks.map((block, at) => (at === k ? [first, ...block] : block))),
  ]);
}
