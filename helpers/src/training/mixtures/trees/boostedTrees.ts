import { refusal, requireWhole } from "../../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { binOf, featureBins } from "./featureBins.ts";
import { type BinnedRuns, growTree, type Tree, treeStorage } from "./growTree.ts";

/** How many trees, and when to stop. */
export interface BoostedTreesOptions {
  /** Most trees, default 1000. */
  readonly rounds?: number;
  /** Share of each tree's answer that is added, default 0.01. */
  readonly rate?: number;
  /**
   * Runs on which adding trees stops, once the mean absolute or the mean squared error has not fallen for `patience`
   * rounds. Stopping on the runs that the trees are then judged by flatters them.
   */
  readonly stopOn?: { readonly x: readonly ArrayLike<number>[]; readonly y: ArrayLike<number> };
  /** Rounds without a fall before it stops, default 3. */
  readonly patience?: number;
}

/** A fitted ensemble. */
export interface BoostedTrees {
  /** Number of trees that count. */
  readonly trees: number;
  /** The prediction at one row of features. */
  predict(x: ArrayLike<number>): number;
}

/**
 * Gradient-boosted regression trees on features >= 0, such as shares: a baseline without a formula for the laws of
 * mixtures. What LightGBM does by its defaults (squared error, leaves of at least 20 runs, at most 31 of them), without
 * its choices for large data.
 *
 * Trees answer with one of a few hundred constants: they rank well within their runs and cannot extrapolate.
 *
 * @param x features, one row a run
 * @param y the response, one number a run
 * @throws RangeError when rows differ in length, a feature is negative or not finite, or there are too few runs for a split
 *
 * Source: LightGBM (Ke et al. 2017, MIT), as RegMix uses it (Liu et al. 2024, arXiv 2407.01492).
 *
 * @example
 * import { boostedTrees } from "isoflop";
 * const x = Array.from({ length: 100 }, (_, i) => [i / 100]);
 * const trees = boostedTrees(x, x.map(([one]) => (one! < 0.5 ? 1 : 3)), { rate: 0.5, rounds: 40 });
 * trees.predict([0.2]); // => 1.0001
 * trees.predict([0.9]) > 2.999; // => true
 */
export function boostedTrees(
  x: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  options: BoostedTreesOptions = {},
): BoostedTrees {
  requireOptions("boostedTrees", options, ["rounds", "rate", "stopOn", "patience"]);
  const { rounds = 1000, rate = 0.01, stopOn, patience = 3 } = options;
  requireWhole("rounds", rounds, 1, "1000 is usual");
  requireWhole("patience", patience, 1, "3 is what RegMix took");
  if (!(rate > 0 && rate <= 1)) throw refusal("rate", "must lie in (0, 1]", rate, "0.01 is what RegMix took");
  checkRows(x, y, 40, "a leaf holds 20");
  if (stopOn) checkRows(stopOn.x, stopOn.y, 1, "leave out stopOn to add all rounds", x[0]!.length);
  const features = x[0]!.length;
  const ends = Array.from({ length: features }, (_, f) => featureBins(x.map((row) => row[f]!)));
  const runs = binned(x, ends);
  const held = stopOn && binned(stopOn.x, ends);
  // LightGBM keeps responses and gradients in single precision; early stopping feels even that.
  const target = Float32Array.from(y);
  const mean = target.reduce((sum, one) => sum + one, 0) / target.length;
  const score = new Float64Array(runs.n).fill(mean);
  const heldScore = new Float64Array(held?.n ?? 0).fill(mean);
  const heldTarget = Float32Array.from(stopOn?.y ?? []);
  const gradient = new Float32Array(runs.n);
  const storage = treeStorage(runs);
  const trees: Tree[] = [];
  const best = [Infinity, Infinity];
  const since = [0, 0];
  let kept = 0;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < runs.n; i++) gradient[i] = score[i]! - target[i]!;
    const { tree, leafOf } = growTree(runs, gradient, rate, storage);
    if (tree.nodes === 0) break;
    trees.push(tree);
    kept = trees.length;
    for (let i = 0; i < runs.n; i++) score[i]! += tree.leaf[leafOf[i]!]!;
    if (!held) continue;
    let [absolute, squares] = [0, 0];
    for (let i = 0; i < held.n; i++) {
      heldScore[i]! += tree.leaf[leafAt(tree, held.bins, i * features)]!;
      const error = heldScore[i]! - heldTarget[i]!;
      absolute += Math.abs(error);
      squares += error * error;
    }
    const stalled = [absolute, squares].findIndex((one, m) => {
      if (one < best[m]!) {
        best[m] = one;
        since[m] = round;
      }
      return round - since[m]! >= patience;
    });
    if (stalled < 0) continue;
    kept = since[stalled]! + 1;
    break;
  }
  const { nodes, roots, leaves } = sideBySide(trees.slice(0, kept));
  const at = new Uint16Array(features);
  return {
    trees: kept,
    predict(row) {
      if (row?.length !== features) {
        throw refusal(
          "a row",
          `must hold ${features} features`,
          row?.length,
          "give them in the order of the fit",
        );
      }
      for (let f = 0; f < features; f++) at[f] = runs.first[f]! + binOf(ends[f]!, row[f]!);
      let sum = mean;
      for (let t = 0; t < roots.length; t++) {
        let node = roots[t]!;
        while (node >= 0) node = nodes[node + (at[nodes[node]!]! <= nodes[node + 1]! ? 2 : 3)]!;
        sum += leaves[~node]!;
      }
      return sum;
    },
  };
}

/** All trees in one array of nodes (feature, bin, left, right) and one of leaves, which are read in half the time. */
function sideBySide(trees: readonly Tree[]) {
  const counts = trees.map(({ nodes }) => nodes);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const nodes = new Int32Array(4 * total);
  const leaves = new Float64Array(total + trees.length);
  const roots = new Int32Array(trees.length);
  let [from, firstLeaf] = [0, 0];
  for (const [t, tree] of trees.entries()) {
    roots[t] = from;
    const child = (to: number) => (to >= 0 ? roots[t]! + 4 * to : ~(firstLeaf + ~to));
    for (let node = 0; node < counts[t]!; node++, from += 4) {
      nodes[from] = tree.feature[node]!;
      nodes[from + 1] = tree.bin[node]!;
      nodes[from + 2] = child(tree.left[node]!);
      nodes[from + 3] = child(tree.right[node]!);
    }
    leaves.set(tree.leaf.subarray(0, counts[t]! + 1), firstLeaf);
    firstLeaf += counts[t]! + 1;
  }
  return { nodes, roots, leaves };
}

function leafAt(tree: Tree, bins: Uint16Array, from: number): number {
  let node = 0;
  while (node >= 0) {
    node = bins[from + tree.feature[node]!]! <= tree.bin[node]! ? tree.left[node]! : tree.right[node]!;
  }
  return ~node;
}

function binned(x: readonly ArrayLike<number>[], ends: readonly Float64Array[]): BinnedRuns {
  const first = new Int32Array(ends.length);
  let total = 0;
  for (const [f, own] of ends.entries()) {
    first[f] = total;
    total += own.length;
  }
  const bins = new Uint16Array(x.length * ends.length);
  for (const [i, row] of x.entries()) {
    for (const [f, own] of ends.entries()) bins[i * ends.length + f] = first[f]! + binOf(own, row[f]!);
  }
  return { n: x.length, bins, first, total };
}

function checkRows(
  x: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  fewest: number,
  wayOut: string,
  width = x?.[0]?.length ?? 0,
): void {
  if (!(x?.length >= fewest) || x.length !== y?.length || width === 0) {
    throw refusal(
      "the number of runs",
      `must be ${fewest} or more, with features and a response each`,
      `${x?.length} and ${y?.length}`,
      wayOut,
    );
  }
  for (const [i, row] of x.entries()) {
    if (row?.length !== width || !Array.from(row).every((one) => Number.isFinite(one) && one >= 0)) {
      throw refusal(
        `row ${i}`,
        `must hold ${width} finite features >= 0`,
        `[${Array.from(row ?? []).join(", ")}]`,
        "drop it or fix the file",
      );
    }
    // In single precision, in which they are kept.
    if (!Number.isFinite(Math.fround(y[i]!)))
      throw refusal(`the response of row ${i}`, "must be finite and below 3e38", y[i], "drop the row");
  }
}
