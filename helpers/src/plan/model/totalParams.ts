import { moeParams } from "../../training/experts/moeParams.ts";

/** Clark's mixtures have experts in every other layer. */
const routedShare = 0.5;

/** Parameters in memory for each one a token sees, with experts in every other layer and all parameters in the blocks. */
export function totalPerActive(experts: number): number {
  const { total, active } = moeParams({ dModel: 64, nLayers: 1, experts, routedShare });
  return total / active;
}
