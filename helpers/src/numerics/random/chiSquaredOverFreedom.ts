import type { Random } from "./Random.ts";

/** A draw of chi² over its degrees of freedom: squares added up while they are few, Wilson and Hilferty's cube beyond. */
export function chiSquaredOverFreedom(random: Random, freedom: number): number {
  if (freedom > 30) {
    const v = 2 / (9 * freedom);
    return (1 - v + Math.sqrt(v) * random.normal()) ** 3;
  }
  let sum = 0;
  for (let k = 0; k < freedom; k++) sum += random.normal() ** 2;
  return Math.max(sum / Math.max(freedom, 1), 1e-12);
}
