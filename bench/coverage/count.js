// Counts how often intervals hold the truth over a range of simulated sets of one cell.
import { chinchilla, fit } from "isoflop";
import { cells, simulate } from "./cells.js";
import { methods, quantities } from "./methods.js";

/** For each method and quantity of a group: sets, held, truth below, truth above, undefined. */
export async function countSets({ key, group, from, to }, { seed, resamples }) {
  const cell = cells.find((one) => one.key === key);
  const counts = {};
  for (let set = from; set < to; set++) {
    const { runs, newInside, newOutside } = simulate(cell, seed, set);
    const targets = { "new run inside": newInside, "new run outside": newOutside };
    const fitted = fit(chinchilla, runs, { loss: cell.lossOf() });
    for (const [method, quantity, low, high] of await methods[group](fitted, cell, {
      resamples,
      seed: set,
    })) {
      const value = quantities[quantity]?.truth ?? targets[quantity];
      counts[method] ??= {};
      counts[method][quantity] ??= [0, 0, 0, 0, 0];
      const row = counts[method][quantity];
      row[0]++;
      if (Number.isNaN(low) || Number.isNaN(high)) row[4]++;
      else if (value < low) row[2]++;
      else if (value > high) row[3]++;
      else row[1]++;
    }
  }
  return counts;
}
