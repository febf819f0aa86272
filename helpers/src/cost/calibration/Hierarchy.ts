import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** A part of the sum: its constant multiplies the ideal quantity. */
export interface HierarchyPart {
  readonly name: string;
  /** Prior median of the constant. */
  readonly median: number;
  /** Prior standard deviation of the logarithm of the constant. */
  readonly deviation: number;
}

/** A kind of observation, such as time to first token. */
export interface ObservationKind {
  readonly name: string;
  /** Prior median of the standard deviation of its noise, as a share. */
  readonly noise: number;
}

/** What observations share beyond the constants: each key has its own deviation of the logarithm. */
export interface HierarchyEffect<L> {
  readonly name: string;
  /** By what observations share the deviation; "" where one has none. */
  key(labels: L, kind: string): string;
  /** Parts that it lengthens. Default all. */
  readonly parts?: "all" | readonly string[];
  /** Kinds of observations that have it. Default all. */
  readonly kinds?: "all" | readonly string[];
  /** By what the deviation is multiplied. Default 1. */
  weight?(labels: L, kind: string): number;
  /** Prior median of the standard deviation of the deviations, as a share. */
  readonly typical: number;
}

/** A way for an observation to be new, such as a model that no calibrated row has. */
export interface HierarchyNovelty<L> {
  readonly name: string;
  /** What is left out together, and is new where no row has it; "" where nothing is. */
  key(labels: L): string;
  /**
   * Novelties that this one comes with: a layout of a new stack is new of itself. Where one of them is there, its factors count,
   * which were worked out with this one new, too. Default none.
   */
  readonly within?: readonly string[];
}

/** What a calibration is made of. `L` are the labels of an observation. */
export interface HierarchySpec<L> {
  readonly parts: readonly HierarchyPart[];
  readonly kinds: readonly ObservationKind[];
  readonly effects: readonly HierarchyEffect<L>[];
  /** From the least to the most new. Default none: intervals know only rows like those calibrated on. */
  readonly novelties?: readonly HierarchyNovelty<L>[];
  /** What one measurement gave (its time to first token, its throughput): left out together. Default each row. */
  unit?(labels: L): string;
  /** Rows with the same key share the spread of noise, such as a source; beside the kind. Default the kind alone. */
  noise?(labels: L): string;
  /** Rows with the same key have factors of their intervals of their own once there are 30; default none have. */
  stratum?(labels: L): string;
}

/** A checked specification; `effectParts` and `effectKinds` are indices, undefined for all. */
export interface Hierarchy<L> extends HierarchySpec<L> {
  readonly effectParts: readonly (readonly number[] | undefined)[];
  readonly effectKinds: readonly (readonly number[] | undefined)[];
}

/**
 * Declares what observations are sums of, and what they share: `ln t = ln Σ_k exp(β_k + Σ u) x_k + noise`, with constants
 * `β_k ~ N(ln median, deviation²)` and a deviation `u ~ N(0, spread²)` for each key of each effect.
 *
 * @throws RangeError on a name given twice, a part or kind that is not there, numbers that are not > 0
 * @example
 * import { hierarchy } from "isoflop";
 * const time = hierarchy<{ engine: string }>({
 *   parts: [{ name: "compute", median: 1.3, deviation: 0.3 }, { name: "launch", median: 1, deviation: 0.7 }],
 *   kinds: [{ name: "tpot", noise: 0.1 }],
 *   effects: [{ name: "engine", key: ({ engine }) => engine, typical: 0.1 }],
 * });
 * time.parts.length; // => 2
 */
export function hierarchy<L extends object>(spec: HierarchySpec<L>): Hierarchy<L> {
  requireOptions("hierarchy", spec, ["parts", "kinds", "effects", "novelties", "unit", "noise", "stratum"]);
  const { parts, kinds, effects, novelties = [] } = spec;
  if (parts.length === 0 || kinds.length === 0) {
    throw new RangeError(
      `hierarchy needs a part and a kind or more, got ${parts.length} and ${kinds.length}`,
    );
  }
  requireDistinct("part", parts);
  requireDistinct("kind", kinds);
  requireDistinct("effect", effects);
  requireDistinct("novelty", novelties);
  for (const { name, within } of novelties) indices(`novelty ${name}`, "novelty", within, novelties);
  for (const part of parts) {
    requireOptions(`part ${part.name}`, part, ["name", "median", "deviation"]);
    requirePositive(`median of part ${part.name}`, part.median, "1 is ideal");
    requirePositive(`deviation of part ${part.name}`, part.deviation, "0.5 is a factor of 1.6 either way");
  }
  for (const kind of kinds) {
    requireOptions(`kind ${kind.name}`, kind, ["name", "noise"]);
    requirePositive(`noise of kind ${kind.name}`, kind.noise, "0.1 is 10 %");
  }
  for (const effect of effects) {
    requireOptions(`effect ${effect.name}`, effect, ["name", "key", "parts", "kinds", "weight", "typical"]);
    requirePositive(`typical spread of effect ${effect.name}`, effect.typical, "0.1 is 10 %");
  }
  return {
    ...spec,
    effectParts: effects.map(({ name, parts: own }) => indices(`effect ${name}`, "part", own, parts)),
    effectKinds: effects.map(({ name, kinds: own }) => indices(`effect ${name}`, "kind", own, kinds)),
  };
}

function requireDistinct(what: string, named: readonly { readonly name: string }[]): void {
  named.forEach(({ name }, i) => {
    if (named.findIndex((one) => one.name === name) < i) {
      throw new RangeError(`hierarchy has two of ${what} ${name}; name each once`);
    }
  });
}

function indices(
  of: string,
  what: string,
  names: "all" | readonly string[] = "all",
  all: readonly { readonly name: string }[],
): readonly number[] | undefined {
  if (names === "all") return undefined;
  return names.map((name) => {
    const at = all.findIndex((one) => one.name === name);
    if (at < 0) {
      throw new RangeError(
        `${of} has no ${what} ${name}; there are ${all.map((one) => one.name).join(", ")}`,
      );
    }
    return at;
  });
}
