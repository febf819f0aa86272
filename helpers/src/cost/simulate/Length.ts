import {
  refusal,
  requireBetween,
  requirePositive,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { Random } from "../../numerics/random/Random.ts";

/**
 * Tokens of prompts or outputs: all the same; or whole numbers drawn evenly between tokens·(1 − rangeRatio) and
 * tokens·(1 + rangeRatio), as `vllm bench serve --random-range-ratio` draws them; or lognormal with this mean and this standard
 * deviation of the logarithm, rounded, at least 1 and at most `most`.
 */
export type Length =
  | number
  | { readonly tokens: number; readonly rangeRatio: number }
  | { readonly mean: number; readonly sigma: number; readonly most?: number };

/** Throws unless tokens can be drawn from it. */
export function requireLength(name: string, length: Length): void {
  const wayOut = "give tokens such as 1024, { tokens, rangeRatio } or { mean, sigma }";
  if (typeof length === "number") {
    requireWhole(name, length, 1, wayOut);
    return;
  }
  if (length !== null && typeof length === "object" && "tokens" in length) {
    requireOptions(name, length, ["tokens", "rangeRatio"]);
    requireWhole(`${name}.tokens`, length.tokens, 1, wayOut);
    requireBetween(`${name}.rangeRatio`, length.rangeRatio, 0, 1, "0 is for lengths that are all the same");
    return;
  }
  if (length !== null && typeof length === "object" && "mean" in length) {
    requireOptions(name, length, ["mean", "sigma", "most"]);
    requirePositive(`${name}.mean`, length.mean, wayOut);
    requirePositive(`${name}.sigma`, length.sigma, wayOut);
    if (length.most !== undefined) requireWhole(`${name}.most`, length.most, 1, wayOut);
    return;
  }
  throw refusal(name, "must be a length", String(length), wayOut);
}

/** A length of a request. */
export function drawLength(length: Length, random: Random): number {
  if (typeof length === "number") return length;
  if ("tokens" in length) {
    const [low, high] = rangeOf(length);
    return low + random.below(high - low + 1);
  }
  const { mean, sigma, most = Infinity } = length;
  const drawn = mean * Math.exp(sigma * random.normal() - (sigma * sigma) / 2);
  return Math.min(most, Math.max(1, Math.round(drawn)));
}

/** The least and the largest of a range. */
export function rangeOf({
  tokens,
  rangeRatio,
}: {
  readonly tokens: number;
  readonly rangeRatio: number;
}): readonly [low: number, high: number] {
  return [Math.max(1, Math.floor(tokens * (1 - rangeRatio))), Math.ceil(tokens * (1 + rangeRatio))];
}
