/** Degrees of parallelism that a text names; absent where it names none, or names one without a number. */
export interface ServingDegrees {
  readonly tp?: number;
  readonly pp?: number;
  /** Attention data parallelism, or replicas of a dense model. */
  readonly dp?: number;
  readonly ep?: number;
  /** Devices over which each expert is split. */
  readonly etp?: number;
}

/** Longest names first, so that MOETP is not read as TP. */
const each =
  /(?<![a-z])(attention[-_ ]?dp|moe[-_ ]?tp|moe[-_ ]?ep|etp|adp|dep|tep|tp|pp|dp|ep)(?:\s*[=:_-]?\s*(\d+)|(?![a-z]))/gi;

const meaning: Readonly<Record<string, readonly (keyof ServingDegrees)[]>> = {
  attentiondp: ["dp"],
  adp: ["dp"],
  dp: ["dp"],
  moetp: ["etp"],
  etp: ["etp"],
  moeep: ["ep"],
  ep: ["ep"],
  tp: ["tp"],
  pp: ["pp"],
  // Attention by data, experts dealt out; attention by tensor, experts dealt out.
  dep: ["dp", "ep"],
  tep: ["tp", "ep"],
};

/**
 * Degrees in a text such as "tp8pp1adp1moetp1ep8", "TP8/EP8", "DEP8 PP1" or "tp=8"; 0 and a name alone ("adpmoetp1") state
 * nothing.
 */
export function servingDegrees(text: string): ServingDegrees {
  const degrees: { -readonly [K in keyof ServingDegrees]: number } = {};
  // A degree without a number runs into the next name: adpmoetp1.
  const apart = text.replace(
    /(adp|dp|tp|pp|ep)(?=(?:moe|adp|tp|pp|ep|etp)[-_ ]?[a-z]*\s*[=:_-]?\s*\d)/gi,
    "$1 ",
  );
  for (const [, name, digits] of apart.matchAll(each)) {
    const value = Number(digits ?? 0);
    if (!Number.isSafeInteger(value) || value < 1) continue;
    for (const degree of meaning[name!.toLowerCase().replace(/[-_ ]/g, "")]!) degrees[degree] ??= value;
    // DEP8 says of the rest that it is not split.
    if (/^dep$/i.test(name!)) degrees.tp ??= 1;
  }
  return degrees;
}
