import type { Line } from "./tableOf.ts";

/** Of every prompt the tokens whose leading blocks were in a prompt before, as a cache without limit would find them. */
export function prefixHits(
  rows: readonly { readonly line: Line; readonly promptTokens: number }[],
  column: number,
  hashTokens: number,
): number[] {
  if (!(Number.isSafeInteger(hashTokens) && hashTokens >= 1)) {
    throw new RangeError(`hashTokens must be a whole number >= 1, got ${hashTokens}; 512 is Mooncake's`);
  }
  const seen = new Set<unknown>();
  return rows.map(({ line, promptTokens }) => {
    const ids = line.cells[column];
    if (!Array.isArray(ids)) {
      throw new RangeError(
        `hash_ids in line ${line.number} must be a list, got ${JSON.stringify(ids)}; mend the file`,
      );
    }
    let blocks = 0;
    while (blocks < ids.length && seen.has(ids[blocks])) blocks++;
    for (const id of ids) seen.add(id);
    // The last token of a prompt is always computed: it gives the first token of the output.
    return Math.min(promptTokens - 1, blocks * hashTokens);
  });
}
