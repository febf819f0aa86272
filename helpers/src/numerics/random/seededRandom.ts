import { Random } from "./Random.ts";

/**
 * Uniform numbers in [0, 1) that depend on `seed` and `stream` alone, so that replicate k is the same in whatever
 * order, or on whatever thread, replicates are done. The generator of the bootstrap, as a function.
 */
export function seededRandom(seed: number, stream = 0): () => number {
  const random = new Random(seed, stream);
  return () => random.uniform();
}
