import { amplitude, exponent, floor } from "../definition/parameters.ts";
import { nParams, nTokens, tokenLoss } from "../definition/variables.ts";

// What the forms of Chinchilla's law in N and D share.

/** The loss, and the size and data it depends on. */
export const sizeAndData = { response: tokenLoss, variables: [nParams, nTokens] } as const;

/** E, A and B of `E + A / N^… + B / D^…`. */
export const sizeAndDataTerms = [
  floor("E", tokenLoss.unit),
  amplitude("A", tokenLoss.unit, "model"),
  amplitude("B", tokenLoss.unit, "data"),
] as const;

/** An exponent for each term, where they have their own. */
export const sizeAndDataExponents = [exponent("alpha", "model"), exponent("beta", "data")] as const;

/** Given their exponents, the law is linear in E, A and B. */
export const linearInTerms = [
  { parameter: "E", given: [] },
  { parameter: "A", given: ["alpha"] },
  { parameter: "B", given: ["beta"] },
] as const;
