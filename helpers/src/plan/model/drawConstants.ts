import { Random } from "../../numerics/random/Random.ts";
import type { PlanSource } from "../terms/PlanSource.ts";
import type { Constants } from "./PlanModel.ts";

/** Draws of the constants of all laws of a plan together; those of a law are the same whatever other laws there are. */
export function drawConstants(sources: readonly PlanSource[], draws: number, seed: number): Constants[] {
  return Array.from({ length: draws }, (_, k) =>
    Object.fromEntries(
      sources.map(({ term, at, draw }) => [term, draw ? draw(new Random(seed, streamOf(term, k))) : at]),
    ),
  );
}

/** A stream of random numbers for a term and a draw (FNV-1a of its name, and k spread over 32 bits). */
export function streamOf(term: string, k: number): number {
  let hash = 2166136261;
  for (const letter of term) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  return (hash + Math.imul(k, 2654435761)) | 0;
}
