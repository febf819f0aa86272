import { Random } from "./Random.ts";

const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/**
 * Point k (from 1) of the Halton sequence in [0, 1)^dimensions: scattered evenly, the same every time. Beyond twelve
 * dimensions, where the first thousands of its points lie on lines, the further coordinates are random numbers.
 */
export function halton(k: number, dimensions: number): number[] {
  return Array.from({ length: dimensions }, (_, d) => {
    const base = primes[d];
    if (!base) return new Random(d, k).uniform();
    let share = 1;
    let total = 0;
    for (let rest = k; rest > 0; rest = Math.floor(rest / base)) {
      share /= base;
      total += share * (rest % base);
    }
    return total;
  });
}
