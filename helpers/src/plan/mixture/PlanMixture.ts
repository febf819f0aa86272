import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { MixtureResponse } from "../../training/mixtures/MixtureResponse.ts";
import { renormaliseShares } from "../../training/mixtures/renormaliseShares.ts";

/** The sources of the training tokens, how much there is of each, and what settles their shares. */
export interface PlanMixture {
  /** Unique tokens of each source. One without an entry has no end. */
  readonly supply: Readonly<Record<string, number>>;
  /** The shares, where they are settled. */
  readonly shares?: Readonly<Record<string, number>>;
  /** What the shares do to the losses that count, such as `fittedMixture` makes of a fit: the plan then finds the shares. */
  readonly response?: MixtureResponse;
  /** Responses of refits (`mixtureDraws`), for intervals of the shares. */
  readonly draws?: readonly MixtureResponse[];
  /** How much each target of the response counts; default all alike. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly lower?: Readonly<Record<string, number>>;
  readonly upper?: Readonly<Record<string, number>>;
  /** How often a source may be seen; default 4, or what it takes to fill the run. */
  readonly maxEpochs?: number;
}

const options = [
  "supply",
  "shares",
  "response",
  "draws",
  "weights",
  "lower",
  "upper",
  "maxEpochs",
] as const satisfies readonly (keyof PlanMixture)[];

/** What is asked of the search for shares alone. */
const searched = ["draws", "weights", "lower", "upper", "maxEpochs"] as const;

const isRecord = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isResponse = ({ sources, losses }: Partial<MixtureResponse>) =>
  Array.isArray(sources) && sources.length > 0 && typeof losses === "function";

/**
 * Throws where a mixture cannot be meant.
 *
 * @returns its sources
 */
export function checkMixture(mixture: PlanMixture): readonly string[] {
  requireOptions("mixture", mixture, options);
  const { supply, shares, response, maxEpochs } = mixture;
  for (const [name, given] of Object.entries({ supply, shares })) {
    if (given === undefined ? name === "shares" : isRecord(given)) continue;
    throw new TypeError(
      `a mixture's ${name} must be an object of numbers by source such as { web: 5e12 }, got ${describeGiven(given)}` +
        (name === "supply" ? "; give {} where no source has an end" : "; give each source's share"),
    );
  }
  if ((shares === undefined) === (response === undefined)) {
    throw new RangeError(
      "a mixture needs either shares, where they are settled, or a response, by which they are found",
    );
  }
  for (const name of searched) {
    if (shares === undefined || mixture[name] === undefined) continue;
    throw new RangeError(
      `${name} says how a mixture's shares are found, and shares are settled; give a response in place of shares, or leave ${name} out`,
    );
  }
  if (response !== undefined && !isResponse(response)) {
    throw new TypeError(
      `a mixture's response must have sources and losses, such as fittedMixture makes, got ${describeGiven(response)}; give one`,
    );
  }
  if (maxEpochs !== undefined) requirePositive("maxEpochs", maxEpochs, "4 is usual");
  const sources = response ? response.sources : Object.keys(shares!);
  for (const name of sources) {
    if (name.trim() !== "" && !/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(name)) continue;
    throw new RangeError(
      `a source's name must be a line of text, got ${JSON.stringify(name)}; give it a name that can be printed`,
    );
  }
  for (const [name, tokens] of Object.entries(supply)) {
    if (!sources.includes(name)) {
      throw new RangeError(`supply names ${name}, which is no source; there are ${sources.join(", ")}`);
    }
    requirePositive(`supply.${name}`, tokens, "give the source's unique tokens, such as 2e11");
  }
  if (shares) renormaliseShares(shares);
  return sources;
}
