import type { FieldSource } from "./chooseColumns.ts";

/** Between what the values of a field must be, after scaling: at least, above, and at most. */
export interface ValueBounds {
  readonly least: number;
  readonly above: number;
  readonly most: number;
  /** What is wrong with a value; undefined where nothing is. NaN is wrong without a reason of its own. */
  why(value: number): string | undefined;
}

// Below these a count is surely in millions or billions: no language model has 10,000 parameters.
const smallest: ReadonlyMap<string, readonly [number, string]> = new Map([
  ["nParams", [1e4, "parameters are counted in ones (7e9, not 7)"]],
  ["nTokens", [1e5, "tokens are counted in ones (1.4e12, not 1.4)"]],
  ["flops", [1e9, "compute is in FLOPs (5.88e23)"]],
]);

// And above these a column was scaled that counts in ones, whatever its name says.
const largest: ReadonlyMap<string, number> = new Map([
  ["nParams", 1e15],
  ["nTokens", 1e17],
  ["flops", 1e32],
]);

/** A loss of so many nats is a uniform guess among half a billion tokens. */
const largestLoss = 20;

export function boundsOf(
  { field, column, factor, unit }: FieldSource,
  isPositive: boolean,
  unitCheck: boolean,
): ValueBounds {
  const [least, advice] = (unitCheck && smallest.get(field)) || [Number.NEGATIVE_INFINITY, ""];
  const top = unit === undefined ? undefined : largest.get(field);
  const most = unitCheck && field === "loss" ? largestLoss : (top ?? Number.MAX_VALUE);
  const way = `scale it with --map ${field}=COLUMN*1e9, or take it as it is with --unit-check off`;
  return {
    // A law of a formula may take values below 0; none takes an infinite one.
    least: Math.max(least, -Number.MAX_VALUE),
    above: isPositive ? 0 : Number.NEGATIVE_INFINITY,
    most,
    why(value) {
      if (!Number.isFinite(value)) return "not a finite number";
      if (isPositive && !(value > 0)) return "must be > 0";
      if (value < least) return `${advice}; ${way}`;
      if (value <= most) return undefined;
      if (field === "loss" && unitCheck)
        return "too large for nats per token; is it a perplexity? take its logarithm, or --unit-check off";
      return `too large: scaled by ${factor}, since the column's name says ${unit}; --map ${field}=${column} takes it as it is`;
    },
  };
}
