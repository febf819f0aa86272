import type { ExpertsBlock } from "../../blocks/FeedForward.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";

/** A key, or keys that mean the same, and the value where all are absent. */
export type KeyAndStandard = readonly [key: string | readonly string[], standard: number];

/**
 * A mixture of gated experts by its keys.
 *
 * @throws RangeError where a token visits more experts than there are
 */
export function mixture(
  keys: ConfigKeys,
  inputSize: number,
  by: { readonly count: KeyAndStandard; readonly perToken: KeyAndStandard; readonly size: KeyAndStandard },
  more: Partial<ExpertsBlock> = {},
): ExpertsBlock {
  const nExperts = keys.whole(...by.count);
  const perToken = keys.whole(...by.perToken);
  if (perToken > nExperts) {
    throw new RangeError(
      `${by.perToken[0]} must be at most the ${nExperts} experts, got ${perToken}; fix the configuration`,
    );
  }
  const size = keys.whole(...by.size);
  return { kind: "experts", inputSize, nExperts, perToken, size, matrices: 3, ...more };
}

/** Keys of most mixtures: how many experts a token visits, and how many there are, under either name. */
export const expertCount = ["num_local_experts", "num_experts"] as const;
