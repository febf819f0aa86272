import type { Hierarchy } from "../Hierarchy.ts";
import type { PartsQuery } from "../Observation.ts";
import type { PartsCalibration } from "../PartsCalibration.ts";
import { type IntervalEnds, normalEnds } from "./intervalFactors.ts";

/** Rows of each key, by novelty. */
export function seenKeys<L>(
  { novelties = [] }: Hierarchy<L>,
  rows: readonly { readonly labels: L }[],
): ReadonlyMap<string, number>[] {
  return novelties.map(({ key }) => {
    const count = new Map<string, number>();
    for (const { labels } of rows) count.set(key(labels), (count.get(key(labels)) ?? 0) + 1);
    return count;
  });
}

/** A key with fewer rows is not known well enough for the factors of known ones. */
const fewestRows = 5;

/** By what of its labels no row, or hardly one, is. */
export function noveltyOf<L>({ hierarchy, seen }: PartsCalibration<L>, labels: L): string[] {
  const names: string[] = [];
  hierarchy.novelties?.forEach(({ name, key }, k) => {
    const own = key(labels);
    if (own !== "" && (seen[k]!.get(own) ?? 0) < fewestRows) names.push(name);
  });
  return names;
}

/**
 * Factors of what is new: the widest of them; of what is known where nothing is. A stratum without factors of its own, such as
 * an accelerator that no row has, may be like any of the others: it gets the widest of theirs.
 */
export function endsFor<L>(
  { factors, hierarchy }: PartsCalibration<L>,
  { kind, labels }: PartsQuery<L>,
  novelty: readonly string[],
): IntervalEnds {
  const stratum = hierarchy.stratum?.(labels);
  let ends: IntervalEnds | undefined;
  for (const name of novelty.length > 0 ? newest(hierarchy, novelty) : ["known"]) {
    const table = factors[name] ?? factors.known;
    let own = table?.[`${kind}|${stratum}`] ?? table?.[kind] ?? table?.[""];
    if (own && stratum !== undefined && !table?.[`${kind}|${stratum}`]) {
      for (const [name, other] of Object.entries(table!)) {
        if (name.startsWith(`${kind}|`)) own = widest(own, other);
      }
    }
    if (own) ends = ends ? widest(ends, own) : own;
  }
  return ends ?? normalEnds;
}

/** Novelties without those that come with another of them. */
function newest<L>({ novelties = [] }: Hierarchy<L>, names: readonly string[]): string[] {
  return names.filter((name) => {
    const { within = [] } = novelties.find((one) => one.name === name)!;
    return !within.some((wider) => names.includes(wider));
  });
}

/** The farther of either end. */
export function widest(a: IntervalEnds, b: IntervalEnds, share = 1): IntervalEnds {
  return {
    lower80: Math.max(a.lower80, share * b.lower80),
    upper80: Math.max(a.upper80, share * b.upper80),
    lower95: Math.max(a.lower95, share * b.lower95),
    upper95: Math.max(a.upper95, share * b.upper95),
  };
}
