import type { AttentionBlock } from "../../blocks/Attention.ts";

/** Biases of queries, keys and values, and of the output where it differs. */
export function biased(inward: boolean, output = inward): NonNullable<AttentionBlock["biases"]> {
  return { query: inward, key: inward, value: inward, output };
}
