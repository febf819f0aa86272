import type { ExpertsBlock } from "../../blocks/FeedForward.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import { mixture } from "../pieces/mixture.ts";

/** Experts by the keys of DeepSeek: shared ones are given as a number, each as wide as a routed one. */
export function sharedAndRouted(
  keys: ConfigKeys,
  width: number,
  standard: {
    readonly nExperts: number;
    readonly perToken: number;
    readonly expertSize: number;
    readonly nShared: number;
  },
  biases: { readonly selectionBias: boolean; readonly sharedBias?: boolean },
): ExpertsBlock {
  const count = [["n_routed_experts", "num_local_experts", "num_experts"], standard.nExperts] as const;
  const perToken = standard.perToken || keys.whole(...count);
  const size = ["moe_intermediate_size", standard.expertSize] as const;
  // Of shared experts null means none.
  const shared = keys.isNull("n_shared_experts") ? 0 : keys.whole("n_shared_experts", standard.nShared, 0);
  return mixture(
    keys,
    width,
    { count, perToken: ["num_experts_per_tok", perToken], size },
    {
      sharedSize: shared * keys.whole(...size),
      selectionBias: biases.selectionBias,
      ...(biases.sharedBias && { sharedBiases: { up: true, down: true } }),
    },
  );
}
