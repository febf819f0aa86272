import { linearParameter, logParameter } from "../definition/parameters.ts";
import { positive } from "../definition/variables.ts";

// What the laws of mixtures of experts share.

export const activeParams = positive(
  "nParams",
  "parameters",
  "parameters that a token sees: of a mixture those of the experts it is sent to",
);

export const allParams = positive("nParams", "parameters", "all parameters, of every expert");

export const experts = positive("experts", "experts", "experts of a routed layer, 1 for a dense model");

export const granularity = positive(
  "granularity",
  "1",
  "width of the dense feed-forward over that of one expert",
);

export const saturationParameters = [
  logParameter("start", "experts", "what one expert counts for", [0.5, 16]),
  logParameter("max", "experts", "what infinitely many experts count for", [32, 4096], [1, 1e9]),
] as const;

/** A constant of a plane in logarithms, which may have either sign. */
const slope = <Name extends string>(
  name: Name,
  unit: string,
  description: string,
  start: readonly [number, number],
) => linearParameter(name, unit, description, start, [-Infinity, Infinity]);

/** The plane of `routedLaw` in the logarithms of size and saturated experts. */
export const routedParameters = [
  slope("a", "lg nats per lg parameters", "slope in size with one saturated expert", [-0.2, 0]),
  slope("b", "lg nats per lg experts", "slope in experts with one parameter", [-0.4, 0.1]),
  slope("c", "lg nats per lg parameters and lg experts", "how the slopes change", [-0.05, 0.05]),
  slope("d", "lg nats per token", "level", [0, 2]),
  ...saturationParameters,
] as const;
