import type { Candidate } from "./Candidate.ts";
import type { Points } from "./evaluateTerm.ts";

/** Whether a law has a value at all points, whatever its parameters: a late start has none below 0, a slow count none below 1. */
export const hasValueAt = ({ terms }: Candidate, { x }: Points): boolean =>
  terms.every(
    (term) =>
      term.kind !== "power" ||
      term.features.every((feature) => {
        if (feature.kind === "offset") return x[feature.v]!.every((value) => value >= 0);
        return feature.kind !== "slow" || x[feature.v]!.every((value) => value >= 1);
      }),
  );
