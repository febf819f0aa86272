import { formatCount } from "../../format/formatCount.ts";
import { rangeNote } from "../../format/rangeNote.ts";
import { refusal, requireAtLeast, requirePositive } from "../../numerics/arguments/requireNumber.ts";

/**
 * What the public runs behind Clark's law span: least and largest parameters that a token sees, experts, and the tokens that
 * all of them were trained on.
 *
 * Source: Clark et al. 2022 (arXiv 2202.01169), repository google-deepmind/scaling_laws_for_routing.
 *
 * @example
 * import { routedRuns } from "isoflop";
 * routedRuns.experts; // => [1, 512]
 */
export const routedRuns = Object.freeze({
  nParams: Object.freeze([16_527_360, 1_308_819_456] as const),
  experts: Object.freeze([1, 512] as const),
  nTokens: 130e9,
});

/** A batch size and a number of steps give 131e9: as near counts as the same. */
const near = 0.05;

/** Refuses experts and tokens that Clark's law has not seen or, to extrapolate, says so in notes. */
export function requireRouted(asked: {
  readonly experts: number;
  readonly nTokens?: number | undefined;
  readonly extrapolate: boolean;
}): string[] {
  const { experts, nTokens = routedRuns.nTokens, extrapolate } = asked;
  requireAtLeast("experts", experts, 1, "a dense model has 1");
  requirePositive("nTokens", nTokens, "give the training tokens, such as 130e9");
  const notes: string[] = [];
  const most = rangeNote("experts", experts, routedRuns.experts);
  if (most && !extrapolate) {
    throw refusal(
      "experts",
      "must be at most 512, the most in the runs of this law",
      experts,
      "set extrapolate to ask nevertheless",
    );
  }
  if (most) notes.push(most);
  if (Math.abs(nTokens / routedRuns.nTokens - 1) > near) {
    if (!extrapolate) {
      throw refusal(
        "nTokens",
        "must be about 130e9, the tokens of every run of this law, which has no term for data",
        nTokens,
        "leave it out, take a law with a term for data, or set extrapolate",
      );
    }
    notes.push(`nTokens ${formatCount(nTokens)}: every run of the law saw 130B, and it has no term for data`);
  }
  return notes;
}
