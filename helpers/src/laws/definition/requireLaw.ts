import { describeGiven } from "../../numerics/arguments/describeGiven.ts";

/**
 * Throws unless `given` is a law to fit, as opposed to one with its constants, its name, or nothing.
 *
 * @param of what takes the law, as messages call it
 */
export function requireLaw(of: string, given: unknown): void {
  if (isLaw(given)) return;
  const fitted = (given as { law?: unknown } | null | undefined)?.law;
  const wayOut = isLaw(fitted)
    ? "one with its constants; the law alone is its field law"
    : `${describeGiven(given)}${typeof given === "function" ? "; call it" : ""}`;
  throw new TypeError(`${of} needs a law such as chinchilla, got ${wayOut}`);
}

/** Throws unless `given` is a law with its constants: a fit, published constants, or what `withParameters` gives. */
export function requireFitted(of: string, given: unknown): void {
  const { law, predict } = (given ?? {}) as { law?: unknown; predict?: unknown };
  if (isLaw(law) && typeof predict === "function") return;
  const got = isLaw(given)
    ? "a law without constants; fit it, or give them by withParameters(law, { … })"
    : describeGiven(given);
  throw new TypeError(`${of} needs a fit or published constants such as besiroglu2024, got ${got}`);
}

function isLaw(given: unknown): boolean {
  const { variables, evaluate } = (given ?? {}) as { variables?: unknown; evaluate?: unknown };
  return Array.isArray(variables) && typeof evaluate === "function";
}
