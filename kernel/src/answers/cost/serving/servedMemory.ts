import { formatBytes, type ScenarioMemory, type ServingScenario, scenarioMemory } from "isoflop";

/** Whether instances hold what they are to, and the answer in words. */
export interface ServedMemory extends ScenarioMemory {
  readonly note: string;
}

/**
 * What the fullest device of a scenario holds.
 *
 * @param requests to be held at once, all instances together
 * @throws RangeError where devices do not divide heads or widths
 */
export function servedMemory(
  scenario: ServingScenario,
  { requests, of }: { readonly requests: number; readonly of: "serve" | "prefill" },
): ServedMemory {
  const memory = scenarioMemory(scenario, { requests, of });
  const { weightBytesPerDevice, cacheBytesPerDevice, usableBytesPerDevice, largestBatch, fits } = memory;
  const [weights, cache, usable] = [weightBytesPerDevice, cacheBytesPerDevice, usableBytesPerDevice].map(
    formatBytes,
  );
  const most =
    largestBatch === Infinity
      ? "any number of requests at once"
      : `at most ${largestBatch} request${largestBatch === 1 ? "" : "s"} at once`;
  const way =
    weightBytesPerDevice > usableBytesPerDevice
      ? "the weights alone do not fit; split them over more devices or store them in fewer bits"
      : fits
        ? most
        : largestBatch === 0
          ? "there is no room for one request; split it over more devices, or store weights or cache in fewer bits"
          : `${most}, so that others wait`;
  return {
    ...memory,
    note: `${fits ? "fits" : "does not fit"}: weights ${weights} and cache ${cache} of ${usable} a device; ${way}`,
  };
}
