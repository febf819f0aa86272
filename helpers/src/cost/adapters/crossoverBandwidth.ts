import { requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** A round of work that computes and then sends. */
export interface Round {
  /** Seconds without transfer. */
  readonly seconds: number;
  /** Bytes sent. */
  readonly bytes: number;
}

/**
 * Seconds of a round on a link: compute + bytes/bandwidth.
 *
 * @param bandwidth bytes a second
 * @throws RangeError on negative seconds or bytes, or a bandwidth that is not > 0
 * @example
 * import { roundSeconds } from "isoflop";
 * roundSeconds({ seconds: 30, bytes: 1e9 }, 1e8); // => 40
 */
export function roundSeconds(round: Round, bandwidth: number): number {
  checkRound("round", round);
  return round.seconds + round.bytes / requirePositive("bandwidth", bandwidth, "give bytes a second");
}

/**
 * Bandwidth at which two ways to work take equally long: (bytes₁ − bytes₂)/(seconds₂ − seconds₁). Below it the one that
 * sends less is faster, above it the one that computes less.
 *
 * @returns bytes a second; undefined where one is no worse in both, so that no bandwidth changes the order
 * @throws RangeError on negative seconds or bytes
 * @example
 * import { crossoverBandwidth } from "isoflop";
 * crossoverBandwidth({ seconds: 2, bytes: 10e9 }, { seconds: 27, bytes: 0 }); // => 400000000
 */
export function crossoverBandwidth(a: Round, b: Round): number | undefined {
  checkRound("a", a);
  checkRound("b", b);
  const bytes = a.bytes - b.bytes;
  const seconds = b.seconds - a.seconds;
  return bytes * seconds > 0 ? bytes / seconds : undefined;
}

function checkRound(name: string, round: Round): void {
  requireOptions(name, round, ["seconds", "bytes"]);
  requireNonNegative(`${name}.seconds`, round.seconds, "give the seconds without transfer");
  requireNonNegative(`${name}.bytes`, round.bytes, "give the bytes sent");
}
