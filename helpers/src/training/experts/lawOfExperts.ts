import type { FittedLaw } from "../../laws/definition/Law.ts";
import { requireFitted } from "../../laws/definition/requireLaw.ts";
import { type MoeLoss, moeLoss } from "./MoeLoss.ts";
import { requireRouted, routedRuns } from "./routedRuns.ts";

interface Asked {
  readonly experts: readonly number[];
  readonly nTokens: number | undefined;
  readonly extrapolate: boolean;
  readonly routedShare: number;
}

interface LawOfExperts {
  readonly loss: MoeLoss;
  /** Tokens where they are given; undefined where they are to be found. */
  readonly tokens: number | undefined;
  readonly notes: readonly string[];
}

/** A law as a search asks it, after it was refused what its constants do not hold for. */
export function lawOfExperts(law: FittedLaw | MoeLoss, asked: Asked): LawOfExperts {
  const { experts, nTokens, extrapolate, routedShare } = asked;
  if (typeof law === "function") return { loss: law, tokens: nTokens, notes: [] };
  requireFitted("allocateMoe", law);
  const { name, variables } = law.law;
  const reads = (variable: string) => variables.some((one) => one.name === variable);
  const loss = moeLoss(law);
  if (name === "routedLaw" || name === "flooredRoutedLaw") {
    const tokens = nTokens ?? routedRuns.nTokens;
    const notes = new Set(
      experts.flatMap((count) => requireRouted({ experts: count, nTokens: tokens, extrapolate })),
    );
    notes.add(`${name} has no term for data: every candidate trains on the same tokens`);
    if (routedShare !== 0.5)
      notes.add("the runs of Clark's law have experts in every other layer: geometry.routedShare 0.5");
    return { loss, tokens, notes: [...notes] };
  }
  if (!reads("nTokens") && nTokens === undefined) {
    throw new RangeError(`${name} has no term for data, so no number of tokens is best; give nTokens`);
  }
  if (!reads("experts") && !reads("activeShare")) {
    const dense = !reads("granularity");
    if (dense ? experts.some((count) => count !== 1) : new Set(experts).size > 1) {
      throw new RangeError(
        `the constants of ${name} hold for one number of experts${dense ? ", 1" : ""}, got ${experts.join(", ")}; give ` +
          "that one, or as law a function that chooses the constants by the model's experts",
      );
    }
  }
  return { loss, tokens: nTokens, notes: [] };
}
