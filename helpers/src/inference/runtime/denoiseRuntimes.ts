import type { RuntimeMeasurement } from "./RuntimeMeasurement.ts";

/**
 * Keeps the fastest trial of each request size: the denoised runtime of a shared API, where other
 * people's load can only add time. Rows come back in order of first appearance.
 *
 * The minimum falls as trials are added, so compare only profiles with the same number of trials.
 * Source: Narayanan et al. 2023, section 3.2.
 *
 * @example
 * import { denoiseRuntimes } from "isoflop";
 * const trials = [1.3, 1.1, 1.9].map((runtimeS) => ({ promptTokens: 512, outputTokens: 8, runtimeS }));
 * denoiseRuntimes(trials)[0]?.runtimeS; // => 1.1
 */
export function denoiseRuntimes(trials: readonly RuntimeMeasurement[]): RuntimeMeasurement[] {
  const fastest = new Map<string, RuntimeMeasurement>();
  for (const { promptTokens, outputTokens, runtimeS } of trials) {
    const key = `${promptTokens}/${outputTokens}`;
    const known = fastest.get(key);
    if (known === undefined || runtimeS < known.runtimeS) {
      fastest.set(key, { promptTokens, outputTokens, runtimeS });
    }
  }
  return [...fastest.values()];
}
