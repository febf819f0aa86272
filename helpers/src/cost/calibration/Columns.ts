import type { Hierarchy } from "./Hierarchy.ts";
import type { PartsQuery } from "./Observation.ts";
import { PartsRow, type RowEffect } from "./posterior/PartsRow.ts";

/** An effect with fewer keys is not worth an elimination of its own. */
const fewestKeys = 24;

/** Column of a key that no row has. */
export const unseenColumn = -1;

/**
 * Which unknown stands where: first the constants, then the keys of the effects. Effects within one another, such as
 * layouts in groups of runs, come last, the finest first: no two of their keys meet, so that they drop out of the
 * equations one by one (`dense` is the number of the others).
 */
export class Columns<L> {
  readonly hierarchy: Hierarchy<L>;
  /** Column of each key, by effect. */
  readonly keys: readonly ReadonlyMap<string, number>[];
  /** Effect of each column; -1 for constants. */
  readonly effectOf: Int16Array;
  readonly dense: number;
  readonly count: number;

  /**
   * @param unknowns of each column after the constants, its effect and key
   * @param dense how many columns come first
   */
  constructor(
    hierarchy: Hierarchy<L>,
    unknowns: readonly { readonly effect: number; readonly key: string }[],
    dense: number,
  ) {
    const nParts = hierarchy.parts.length;
    const keys = hierarchy.effects.map(() => new Map<string, number>());
    this.hierarchy = hierarchy;
    this.count = nParts + unknowns.length;
    this.dense = dense;
    this.effectOf = new Int16Array(this.count).fill(-1);
    unknowns.forEach(({ effect, key }, i) => {
      this.effectOf[nParts + i] = effect;
      keys[effect]!.set(key, nParts + i);
    });
    this.keys = keys;
  }

  /** The columns of the keys of all rows. */
  static of<L>(hierarchy: Hierarchy<L>, rows: readonly PartsQuery<L>[]): Columns<L> {
    const byEffect = hierarchy.effects.map((_, e) => rows.map((row) => keyOf(hierarchy, e, row)));
    const keys = byEffect.map((own) => [...new Set(own)].filter((key) => key !== ""));
    const order = keys.map((_, e) => e).sort((a, b) => keys[b]!.length - keys[a]!.length);
    const absorbed: number[] = [];
    for (const e of order) {
      if (keys[e]!.length < fewestKeys) break;
      if (absorbed.every((inner) => isWithin(byEffect[inner]!, byEffect[e]!))) absorbed.push(e);
    }
    const first = keys.map((_, e) => e).filter((e) => !absorbed.includes(e));
    const unknowns = [...first, ...absorbed].flatMap((effect) =>
      keys[effect]!.map((key) => ({ effect, key })),
    );
    const dense = first.reduce((sum, e) => sum + keys[e]!.length, hierarchy.parts.length);
    return new Columns(hierarchy, unknowns, dense);
  }

  /** Effect and key of each column after the constants. */
  unknowns(): { effect: number; key: string }[] {
    const list: { effect: number; key: string }[] = [];
    this.keys.forEach((own, effect) => {
      for (const [key, c] of own) list[c - this.hierarchy.parts.length] = { effect, key };
    });
    return list;
  }

  /** The row of a query: its columns, those of keys that no row has as `unseenColumn`. */
  row(query: PartsQuery<L>): PartsRow {
    const { effects, effectParts } = this.hierarchy;
    const own: RowEffect[] = [];
    for (let e = 0; e < effects.length; e++) {
      const key = keyOf(this.hierarchy, e, query);
      if (key === "") continue;
      own.push({
        effect: e,
        column: this.keys[e]!.get(key) ?? unseenColumn,
        parts: effectParts[e],
        weight: effects[e]!.weight?.(query.labels, query.kind) ?? 1,
      });
    }
    return new PartsRow(query.parts, own);
  }
}

/** The key of an effect for a query; "" where it has none. */
export function keyOf<L>(hierarchy: Hierarchy<L>, effect: number, { labels, kind }: PartsQuery<L>): string {
  const kinds = hierarchy.effectKinds[effect];
  if (kinds && !kinds.some((k) => hierarchy.kinds[k]!.name === kind)) return "";
  return hierarchy.effects[effect]!.key(labels, kind);
}

/** Whether the rows of each key of `inner` have at most one key of `outer`. */
function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
  const found = new Map<string, string>();
  return inner.every((key, i) => {
    const own = outer[i]!;
    if (key === "" || own === "") return true;
    const known = found.get(key);
    if (known === undefined) found.set(key, own);
    return known === undefined || known === own;
  });
}
