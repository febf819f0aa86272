/**
 * Distribution function of the standard normal: relative error below 4e-14 down to 1e-22, and 1e-13 beyond, where the
 * rounding of x² counts.
 */
export function normalCdf(x: number): number {
  if (x > 0) return 1 - normalCdf(-x);
  const z = -x;
  if (z > 38) return 0;
  if (z < 2.5) {
    // Series of the lower incomplete integral (Abramowitz and Stegun 26.2.11).
    let term = z;
    let sum = z;
    for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - sum * Math.exp(-0.5 * z * z) * inverseRoot;
  }
  // Continued fraction of the tail (26.2.14), evaluated from far enough out. Begun at 4 instead, the series' half minus
  // nearly a half would have left 1e-11 there.
  let fraction = z;
  for (let k = 200; k >= 1; k--) fraction = z + k / fraction;
  return (Math.exp(-0.5 * z * z) * inverseRoot) / fraction;
}

const inverseRoot = 1 / Math.sqrt(2 * Math.PI);

/** Inverse of `normalCdf`: a rough start and Newton steps on the logarithm of the tail. */
export function normalQuantile(share: number): number {
  if (share === 0.5) return 0;
  if (share > 0.5) return -normalQuantile(1 - share);
  if (share <= 0) return -Infinity;
  // Abramowitz and Stegun 26.2.23, good to 4.5e-4.
  const t = Math.sqrt(-2 * Math.log(share));
  let x = -(
    t -
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  );
  for (let k = 0; k < 4; k++) {
    const cdf = normalCdf(x);
    x -= ((Math.log(cdf) - Math.log(share)) * cdf) / (Math.exp(-0.5 * x * x) * inverseRoot);
  }
  return x;
}
