import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireNames } from "../../numerics/arguments/requireNames.ts";
import type { MixtureResponse } from "./MixtureResponse.ts";

/** Throws unless `response` names its sources and targets once each and says what losses they have. */
export function requireResponse(of: string, response: MixtureResponse): void {
  if (typeof response?.losses !== "function") {
    throw new TypeError(
      `${of} needs a response { sources, losses }, got ${describeGiven(response)}; fittedMixture makes one of fitted laws`,
    );
  }
  requireNames(`the sources of ${of}`, response.sources, 1, 'such as ["web", "code"]');
  if (response.targets !== undefined)
    requireNames(`the targets of ${of}`, response.targets, 1, "leave them out where there is one loss");
}
