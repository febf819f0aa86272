/**
 * The middle one of |values| (the upper of the two where there are two), times `scale`: what a search takes as the
 * typical residual. Where most are 0 it is the largest, and above 0 in any case, since it becomes a scale or a step.
 */
export function typicalSize(values: Float64Array, scale = 1): number {
  const sizes = values.map(Math.abs).sort();
  return scale * sizes[Math.floor(sizes.length / 2)]! || sizes.at(-1)! || 1e-12;
}
