import type { Analysis } from "./analyse.ts";

/** Runs that were held out, as plain data. */
export function holdOutJson(holdOut: Analysis["holdOuts"][number]) {
  return {
    condition: holdOut.condition,
    fitted: holdOut.fit.n,
    heldOut: holdOut.heldOut.length,
    meanError: holdOut.meanError,
    meanAbsoluteError: holdOut.meanAbsoluteError,
    largestError: holdOut.largestError,
    parameters: holdOut.fit.parameters,
  };
}
