/** 1.4826 × median |r − median r|: the standard deviation of Gaussian noise, untouched by outliers. */
export function robustSpread(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = median(sorted);
  return 1.4826022185056018 * median(sorted.map((value) => Math.abs(value - middle)).sort());
}

function median(sorted: Float64Array): number {
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
}
