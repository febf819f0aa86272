/** `count` numbers from `low` to `high`, evenly spaced in their logarithm, both ends exact. */
export function logSpace(low: number, high: number, count: number): number[] {
  const step = Math.log(high / low) / (count - 1);
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? high : low * Math.exp(i * step)));
}
