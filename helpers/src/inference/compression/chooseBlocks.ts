import { requireNonNegative } from "../../numerics/arguments/requireNumber.ts";

/** One way to build a layer. */
export interface BlockChoice {
  readonly name: string;
  /** What it takes: milliseconds, bytes, parameters; at least 0, in one unit throughout. */
  readonly cost: number;
  /** What it brings, more is better. */
  readonly score: number;
}

/** The best architecture within a budget. */
export interface BlockSelection {
  /** One choice a layer, in order. */
  readonly choices: readonly BlockChoice[];
  readonly cost: number;
  readonly score: number;
}

/**
 * Chooses one block a layer for the highest total score within a cost budget: the grouped (multiple-choice)
 * knapsack, solved exactly.
 *
 * Layer by layer it keeps every partial architecture that no other beats in cost and score, which is all
 * that an optimum can be built from; costs may be any real numbers. The work grows with the number of such
 * partial architectures, small where costs repeat over layers as they do in a transformer.
 *
 * Source: the search problem of Bercovich et al. 2024, "Puzzle", section 4 (there a mixed-integer program).
 *
 * @throws RangeError on a layer without choices, a cost below 0, or a budget below the cheapest architecture
 * @example
 * import { chooseBlocks } from "isoflop";
 * const layer = [{ name: "full", cost: 2, score: 1 }, { name: "skip", cost: 0, score: 0.4 }];
 * chooseBlocks([layer, layer], 2).score; // => 1.4
 */
export function chooseBlocks(layers: readonly (readonly BlockChoice[])[], budget: number): BlockSelection {
  interface Partial {
    cost: number;
    score: number;
    choice?: BlockChoice;
    before?: Partial;
  }
  let frontier: Partial[] = [{ cost: 0, score: 0 }];
  for (const [i, layer] of layers.entries()) {
    if (layer.length === 0) throw new RangeError(`layer ${i + 1} has no choices`);
    const extended: Partial[] = [];
    for (const choice of layer) {
      requireNonNegative("cost", choice.cost, { in: `layer ${i + 1}` });
      for (const before of frontier) {
        const cost = before.cost + choice.cost;
        if (cost <= budget) extended.push({ cost, score: before.score + choice.score, choice, before });
      }
    }
    extended.sort((p, q) => p.cost - q.cost || q.score - p.score);
    let best = -Infinity;
    frontier = extended.filter(({ score }) => {
      if (score <= best) return false;
      best = score;
      return true;
    });
  }
  const winner = frontier.at(-1);
  if (winner === undefined) {
    const least = layers.reduce((sum, layer) => sum + Math.min(...layer.map(({ cost }) => cost)), 0);
    throw new RangeError(`budget must be at least ${least}, the cheapest architecture, got ${budget}`);
  }
  const choices: BlockChoice[] = [];
  for (let part: Partial | undefined = winner; part?.choice; part = part.before) choices.unshift(part.choice);
  return { choices, cost: winner.cost, score: winner.score };
}
