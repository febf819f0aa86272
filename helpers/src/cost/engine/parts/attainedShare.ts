/**
 * Share of a peak that large products reach, by the bits of their operands: the narrower, the less. Round numbers; what an
 * engine reaches is left to the constants that are calibrated.
 */
export function attainedShare(bits: number): number {
  return bits <= 4 ? 0.5 : bits <= 8 ? 0.62 : 0.75;
}
