/**
 * Parts whose sum is a time of serving, and what is known of the constants that multiply them before any measurement is seen:
 * the median, and the standard deviation of the logarithm. Bytes and FLOPs are at the rates of the data sheet times
 * `attainedShare`, so that their constants are near 1; launches are counted, `launchS` each.
 */
export const engineParts = [
  /** Matrices of every token, and the head: bytes read once a step. */
  { name: "weightBytes", median: 1.2, deviation: 0.15 },
  /** Experts that the tokens of a step are expected to touch. */
  { name: "expertBytes", median: 1.2, deviation: 0.15 },
  /** Keys and values in sight; states. */
  { name: "cacheBytes", median: 1.3, deviation: 0.2 },
  /** Products with matrices, of decoded tokens. */
  { name: "decodeFlops", median: 1.2, deviation: 0.5 },
  /** Products with experts, as grouped products round them up to tiles of rows. */
  { name: "expertFlops", median: 1, deviation: 0.6 },
  /** Scores and weighted sums of decoded tokens. */
  { name: "decodeMixing", median: 1.5, deviation: 0.6 },
  /** Launches of the kernels of a layer that every token passes. */
  { name: "launches", median: 1.7, deviation: 0.3 },
  /** Launches of routing and of grouped products. */
  { name: "expertLaunches", median: 1.7, deviation: 0.3 },
  /** Launches that latent attention, indexers and recurrences have beyond those of plain attention. */
  { name: "otherLaunches", median: 1.5, deviation: 0.4 },
  /** All-reduces, exchanges and hand-overs between devices. */
  { name: "exchange", median: 0.5, deviation: 0.4 },
  /** A millisecond a step: scheduling. */
  { name: "step", median: 0.15, deviation: 0.5 },
  /** Ten microseconds a request that decodes: sampling, bookkeeping. */
  { name: "requests", median: 0.7, deviation: 0.6 },
  /** Products with matrices, of prompts. */
  { name: "promptFlops", median: 1.2, deviation: 0.3 },
  /** Products with experts, of prompts. */
  { name: "promptExpertFlops", median: 1.7, deviation: 0.5 },
  /** Attention within prompts. */
  { name: "promptMixing", median: 2, deviation: 0.5 },
  /** Exchanges of prompts. */
  { name: "promptExchange", median: 1, deviation: 0.5 },
  /** Launches for prompts in a step that decodes, where they are not captured in a graph. */
  { name: "promptLaunches", median: 1, deviation: 0.7 },
  /** A microsecond a prompt token: tokenizing, copying. */
  { name: "promptTokens", median: 0.7, deviation: 0.7 },
  /** Five milliseconds a request before the engine sees it and after it answers. */
  { name: "front", median: 3, deviation: 0.7 },
  /** Launches of a prompt's own passes. */
  { name: "frontLaunches", median: 5, deviation: 0.7 },
  /** Half of the requests that are served together, one prompt after the other, as when all begin at once. */
  { name: "burst", median: 0.2, deviation: 0.6 },
  /** Waiting for a place in the cache. */
  { name: "admission", median: 1, deviation: 0.4 },
  /** Waiting for instances that only prefill, where they are the narrower part. */
  { name: "prefillQueue", median: 0.7, deviation: 0.6 },
] as const;

/** Name of a part of a time of serving. */
export type EnginePart = (typeof engineParts)[number]["name"];

const places = new Map<string, number>(engineParts.map(({ name }, i) => [name, i]));

/** Where a part stands in a list of them. */
export function partAt(name: EnginePart): number {
  return places.get(name)!;
}

/** Seconds of a launch by which launches are counted. */
export const launchS = 3e-6;
