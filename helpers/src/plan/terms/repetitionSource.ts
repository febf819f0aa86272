import type { PlanSource } from "./PlanSource.ts";
export function repetitionSource(): PlanSource {
  return {
    term: "repetition",
    law: "",
    from: "",
    fitted: {},
    names: ["rStarTokens", "rStarParams"],
    at: Float64Array.of(95.4, 1.71),
    notes: [],
  };
}
