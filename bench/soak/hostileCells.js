// The whole of the sweeps over names, built-ins, descriptors and values; the tests run a seeded share of each.
import { createRequire } from "node:module";
import { sweepDescriptors } from "./descriptors.js";
import {
  listGetters,
  listMethods,
  sweepGetters,
  sweepGlobals,
  sweepKnown,
  sweepMethods,
  sweepNames,
} from "./names.js";
import { sweepValues } from "./values.js";

/** Runs every sweep, or `tries` cells of each; the cells that wedged the kernel or got a wrong answer. */
export async function hostileCells({ tries = Number.POSITIVE_INFINITY, seed = 1, log = console.log } = {}) {
  const require = createRequire(import.meta.url);
  const methods = listMethods(require);
  const getters = listGetters(require);
  const sweeps = {
    "names declared": () => sweepNames({ tries, seed }),
    "globals replaced and deleted": () => sweepGlobals({ tries, seed }),
    "built-in methods replaced": () => sweepMethods({ methods, tries, seed }),
    "computed properties replaced": () => sweepGetters({ getters, tries, seed }),
    "known patches, each alone": () => sweepKnown(),
    "known patches, one upon the other": () => sweepKnown({ isTogether: true }),
    descriptors: () => sweepDescriptors({ tries, seed }),
    "errors and values": () => sweepValues({ tries, endlessTries: tries, seed }),
  };
  const faults = [];
  for (const [name, run] of Object.entries(sweeps)) {
    const began = performance.now();
    const result = await run();
    log(`${name}: ${JSON.stringify(result.counts)} in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    faults.push(...result.faults.map((fault) => `${name}: ${JSON.stringify(fault).slice(0, 600)}`));
  }
  return { faults };
}
