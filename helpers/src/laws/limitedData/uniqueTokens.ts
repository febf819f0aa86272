import { positive } from "../definition/variables.ts";

/** Different tokens, which training may see more than once. */
export const uniqueTokens = positive(
  "uniqueTokens",
  "tokens",
  "different tokens that there are to train on; what training sees beyond them is repeated",
);
