import { nearestWord } from "../../../text/nearestWord.ts";

/** Engines that tables of measurements name. */
const measured = ["vllm", "sglang", "trtllm"];

/**
 * Refuses what is nearly the name of an engine, which would be taken for one that nothing is known of.
 *
 * @param engine as `servingStack` reads it
 * @param given as it was written
 * @throws RangeError naming the engine that is near
 */
export function refuseNearEngine(engine: string, given: string): void {
  if (measured.includes(engine)) return;
  const near = nearestWord(engine, measured);
  if (near === undefined) return;
  throw new RangeError(
    `--engine must be ${measured.join(", ")} or another name, got ${JSON.stringify(given)}; did you mean ${near}?`,
  );
}

/** What is to be said of an engine. */
export function engineAssumption(engine: string): string | undefined {
  if (engine === "") return "no engine named: the intervals hold what engines differ by";
  return measured.includes(engine) ? undefined : `no measurements of ${engine}`;
}
