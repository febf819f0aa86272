import { exponentGrid, twoTermStarts } from "../kaplan/twoTermStarts.ts";

/** Shares of the least response at which the floor is tried. */
const floorShares = [0, 0.25, 0.45, 0.6, 0.72, 0.82, 0.9, 0.95];

/** A law `E + (a u + b v)^power`, which for given E, power and exponents is linear in a and b. */
interface FlooredForm {
  /** Powers of the sum to try. */
  readonly powers: readonly number[];
  /** Exponents to try for the model's and for the data's term, inside the sum and for a given power. */
  exponents(power: number): readonly [readonly number[], readonly number[]];
  /** The law's parameters, in its order. */
  theta(E: number, a: number, b: number, power: number, inN: number, inD: number): Float64Array;
}

/**
 * Starts for a law `E + (a N^-x + b D^-y)^power`: the floor and the powers on a grid, the coefficients by least squares of
 * `(L - E)^(1 / power)`. The objective of the fit, not these squares, ranks them.
 */
export function flooredStarts(
  [logN, logD]: readonly Float64Array[],
  y: Float64Array,
  { powers, exponents, theta }: FlooredForm,
): Float64Array[] {
  const least = y.reduce((low, value) => Math.min(low, value), Infinity);
  const [ofN, ofD] = [new Map<number, Float64Array>(), new Map<number, Float64Array>()];
  const u = new Float64Array(y.length);
  const v = new Float64Array(y.length);
  return floorShares.flatMap((share) => {
    const E = share * least;
    const logs = y.map((loss) => Math.log(loss - E));
    return powers.flatMap((power) => {
      // Divided by the response, as its terms are wanted.
      const scale = logs.map((log) => Math.exp(-log / power));
      return twoTermStarts(y.length, {
        theta: (a, b, inN, inD) => theta(E, a, b, power, inN, inD),
        exponents: exponents(power),
        terms(inN, inD) {
          const powerOfN = remembered(ofN, inN, logN!);
          const powerOfD = remembered(ofD, inD, logD!);
          for (let i = 0; i < y.length; i++) {
            u[i] = powerOfN[i]! * scale[i]!;
            v[i] = powerOfD[i]! * scale[i]!;
          }
          return [u, v];
        },
      }).slice(0, 1);
    });
  });
}

/** x^-exponent of every row, reckoned once an exponent. */
function remembered(known: Map<number, Float64Array>, exponent: number, log: Float64Array): Float64Array {
  const found = known.get(exponent) ?? log.map((value) => Math.exp(-exponent * value));
  known.set(exponent, found);
  return found;
}

/** Exponents from .1 up, the usual of a term that is raised to a power afterwards. */
export const innerExponents = exponentGrid(0.12, 1.45).slice(0, 8);
