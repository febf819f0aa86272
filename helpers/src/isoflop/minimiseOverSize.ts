/** A law that gives the loss of a model of nParams parameters after nTokens tokens. */
export type LossOf = (run: { readonly nParams: number; readonly nTokens: number }) => number;

/**
 * The model size that gives the least loss at a compute budget C = 6 N D, between `low` and `high`. Needs no
 * closed form and no derivative: golden section in ln N, then bisection of a numeric derivative, because a
 * minimum read off its values alone is only known to the square root of their rounding.
 *
 * @returns the best size; it equals an end of the interval when the loss is monotone there
 */
export function minimiseOverSize(lossOf: LossOf, flops: number, low = 1, high = flops / 6): number {
  const loss = (lnN: number) => {
    const nParams = Math.exp(lnN);
    return lossOf({ nParams, nTokens: flops / (6 * nParams) });
  };
  const [a, b] = goldenSection(loss, Math.log(low), Math.log(high), 1e-3);
  if (a <= Math.log(low) || b >= Math.log(high)) return Math.exp((a + b) / 2);
  return Math.exp(bisect((lnN) => slope(loss, lnN), a - 1e-3, b + 1e-3));
}

/** Narrows the interval around a minimum to `width`. */
function goldenSection(f: (x: number) => number, low: number, high: number, width: number): [number, number] {
  const golden = (Math.sqrt(5) - 1) / 2;
  let a = low;
  let b = high;
  let c = b - golden * (b - a);
  let d = a + golden * (b - a);
  let fc = f(c);
  let fd = f(d);
  while (b - a > width) {
    if (fc < fd) {
      b = d;
      d = c;
      fd = fc;
      c = b - golden * (b - a);
      fc = f(c);
    } else {
      a = c;
      c = d;
      fc = fd;
      d = a + golden * (b - a);
      fd = f(d);
    }
  }
  return [a, b];
}

// Five points: with a step of .02 in ln N truncation (h⁴) and rounding (1/h) both stay near 1e-10.
function slope(f: (x: number) => number, x: number, h = 0.02): number {
  return 8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h));
}

function bisect(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  for (let i = 0; i < 40; i++) {
    const middle = (a + b) / 2;
    if (f(middle) < 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
