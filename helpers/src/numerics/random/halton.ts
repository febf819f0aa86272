const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/** Point k (from 1) of the Halton sequence in [0, 1)^dimensions: scattered evenly, the same every time. */
export function halton(k: number, dimensions: number): number[] {
  return primes.slice(0, dimensions).map((base) => {
    let share = 1;
    let total = 0;
    for (let rest = k; rest > 0; rest = Math.floor(rest / base)) {
      share /= base;
      total += share * (rest % base);
    }
    return total;
  });
}
