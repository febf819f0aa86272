/** More columns than so many are tried all together alone. */
const mostTried = 12;

/**
 * The largest set of columns between 0 and 1 that sum to one in every row, but for the digits that the table gives.
 *
 * @param names of columns; constant ones may be shares too
 */
export function sharesAmong(
  names: readonly string[],
  values: ReadonlyMap<string, readonly number[]>,
): string[] {
  const within = names.filter((name) => values.get(name)!.every((x) => x >= 0 && x <= 1));
  const columns = within.map((name) => values.get(name)!);
  const roundings = columns.map(roundingOf);
  const isWhole = (set: number) => {
    const own = columns.filter((_, k) => (set >> k) & 1);
    const most = 1e-3 + roundings.reduce((sum, one, k) => sum + ((set >> k) & 1 ? one : 0), 0);
    return own[0]!.every((_, i) => Math.abs(own.reduce((sum, column) => sum + column[i]!, 0) - 1) < most);
  };
  const all = 2 ** within.length - 1;
  const sets = within.length > mostTried ? [] : Array.from({ length: all }, (_, k) => all - k);
  const best = sets
    .map((set) => ({ set, size: within.filter((_, k) => (set >> k) & 1).length }))
    .filter(({ size }) => size > 1)
    .sort((a, b) => b.size - a.size)
    .find(({ set }) => isWhole(set));
  return best ? within.filter((_, k) => (best.set >> k) & 1) : [];
}

/** Half of the last digit that a column gives, up to three digits behind the point. */
function roundingOf(column: readonly number[]): number {
  const digits = [0, 1, 2, 3].find((d) =>
    column.every((x) => Math.abs(x * 10 ** d - Math.round(x * 10 ** d)) < 1e-9),
  );
  return digits === undefined || digits < 2 ? 0 : 0.5 * 10 ** -digits;
}
