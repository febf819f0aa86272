import { nearestName } from "../../numerics/arguments/nearestName.ts";
import { ownNumber } from "../../numerics/arguments/ownNumber.ts";
import {
  refusal,
  requireBetween,
  requireNonNegative,
  requirePositive,
} from "../../numerics/arguments/requireNumber.ts";

/** What a mixture must keep to. */
export interface MixtureLimits<Source extends string = string> {
  /** Least share of each source, default 0. */
  readonly lower?: Readonly<Partial<Record<Source, number>>>;
  /** Largest share of each source, default 1. */
  readonly upper?: Readonly<Partial<Record<Source, number>>>;
  /** Unique tokens of each source; one that is left out has no end. Needs `nTokens`. */
  readonly supply?: Readonly<Partial<Record<Source, number>>>;
  /**
   * How often a source may be seen: one number for all, or one a source. Default: 1 with `supply` alone; no limit where
   * `effectiveTokens` says what a repetition is worth.
   */
  readonly maxEpochs?: number | Readonly<Partial<Record<Source, number>>>;
}

/** Limits as arrays in the order of the sources. */
export interface ShareBounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Unique tokens, Infinity where there is no end. */
  readonly supply: Float64Array;
}

/**
 * The bounds of each share: those given, and `maxEpochs * supply / nTokens` where a source has an end.
 *
 * @param usualEpochs how often a source may be seen where nothing is said
 * @throws RangeError when a bound is no share, names no source, or the bounds leave no mixture
 */
export function shareLimits<Source extends string>(
  sources: readonly Source[],
  limits: MixtureLimits<Source>,
  nTokens: number | undefined,
  usualEpochs: number,
): ShareBounds {
  type Given = Readonly<Partial<Record<string, number>>>;
  const {
    lower = {},
    upper = {},
    supply = {},
  } = limits as Readonly<Record<"lower" | "upper" | "supply", Given>>;
  const { maxEpochs } = limits;
  const epochs: Given = typeof maxEpochs === "object" ? maxEpochs : {};
  for (const [option, given] of Object.entries({ lower, upper, supply, maxEpochs: epochs })) {
    for (const name of Object.keys(given)) {
      if (sources.includes(name as Source)) continue;
      throw new RangeError(
        `${option} names no source ${name}; did you mean ${nearestName(name, sources)}? There are ${sources.join(", ")}`,
      );
    }
  }
  for (const [of, most] of typeof maxEpochs === "object"
    ? Object.entries(epochs)
    : [["all sources", maxEpochs] as const]) {
    if (most !== undefined && !(typeof most === "number" && most > 0))
      throw refusal(`maxEpochs of ${of}`, "must be > 0", most, "1 means without repetition");
  }
  const of = (values: Given, source: string, usual: number) => ownNumber(values, source) ?? usual;
  const bounds: ShareBounds = {
    lower: Float64Array.from(sources, (source) => of(lower, source, 0)),
    upper: Float64Array.from(sources, (source) => of(upper, source, 1)),
    supply: Float64Array.from(sources, (source) => of(supply, source, Infinity)),
  };
  for (const [i, source] of sources.entries()) {
    requireBetween(`lower of ${source}`, bounds.lower[i]!, 0, 1, "divide percentages by 100");
    requireBetween(`upper of ${source}`, bounds.upper[i]!, bounds.lower[i]!, 1, "give lower <= upper <= 1");
    if (bounds.supply[i] === Infinity) continue;
    requireNonNegative(
      `the supply of ${source}`,
      bounds.supply[i]!,
      "give unique tokens, or leave out a source without end",
    );
    requirePositive(
      "nTokens",
      nTokens as number,
      "give the tokens of the run, which the supply is to last for",
    );
    const most = typeof maxEpochs === "number" ? maxEpochs : of(epochs, source, usualEpochs);
    const share = bounds.supply[i]! === 0 ? 0 : (most * bounds.supply[i]!) / nTokens!;
    bounds.upper[i] = Math.min(bounds.upper[i]!, share);
    if (bounds.upper[i]! < bounds.lower[i]!) {
      throw new RangeError(
        `${source} must have a share of ${bounds.lower[i]} at least, but its supply lasts for ${share.toPrecision(3)} ` +
          "of the run; lower that bound, allow more epochs or train on fewer tokens",
      );
    }
  }
  checkRoom(bounds);
  return bounds;
}

function checkRoom({ lower, upper, supply }: ShareBounds): void {
  const least = lower.reduce((sum, one) => sum + one, 0);
  const most = upper.reduce((sum, one) => sum + one, 0);
  // Bounds may have come out of divisions.
  if (least > 1 + 1e-12) {
    throw new RangeError(`the lower bounds sum to ${least}, which is above 1; lower some of them`);
  }
  if (most >= 1 - 1e-12) return;
  const ended = supply.some((tokens) => tokens < Infinity);
  throw new RangeError(
    `the sources fill ${(100 * most).toPrecision(3)} % of the run at most; ` +
      (ended ? "allow more epochs, train on fewer tokens or add sources" : "raise some of the upper bounds"),
  );
}
