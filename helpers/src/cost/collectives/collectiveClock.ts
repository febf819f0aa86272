import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { CollectiveClockOptions } from "./CollectiveClockOptions.ts";
import { collectiveKinds } from "./CollectiveProfile.ts";
import { collectiveWays } from "./collectiveWays.ts";
import { collectivePieces, effects } from "./pieces.ts";
import { publishedCollectives } from "./publishedCollectives.ts";

/** Seconds of a collective by the bytes of its tensor; no checks, for inner loops. */
export type CollectiveClock = (bytes: number) => number;

/**
 * Seconds of a collective by its bytes, on a machine whose devices all reach each other by one link.
 *
 * `min over the ways of latency + volume(n) bytes / (share r)`, with latencies and shares fitted to measured collectives. Bytes
 * are those of the tensor on each device that is added up, of the whole that is gathered or scattered, or of what one device deals out.
 * What is computed once is kept: a call takes some ten nanoseconds.
 *
 * @throws RangeError on values outside their domain
 * @throws RangeError on an option that it does not know
 * @example
 * import { collectiveClock } from "isoflop";
 * const clock = collectiveClock({ kind: "all-reduce", devices: 8, bytesPerSEachWay: 450e9, link: "NVLink 4", software: "vllm" });
 * (1e6 * clock(131072)).toFixed(1); // => "8.0"
 */
export function collectiveClock(options: CollectiveClockOptions): CollectiveClock {
  requireOptions("collectiveClock", options, [
    ...(["kind", "devices", "bytesPerSEachWay", "link", "software", "constants"] as const),
  ]);
  const { kind, devices, bytesPerSEachWay, constants = publishedCollectives } = options;
  requireOneOf("kind", kind, collectiveKinds);
  requireWhole("devices", devices, 1, "give how many devices take part");
  requirePositive("bytesPerSEachWay", bytesPerSEachWay, "give bytes per second, such as 450e9");
  if (constants.length !== 2 * effects * collectivePieces.length) {
    const wanted = "must be what calibrateCollectives returns";
    throw refusal(
      "constants",
      wanted,
      describeGiven(constants),
      "leave them out for those of published profiles",
    );
  }
  if (devices === 1) return () => 0;
  const ways = collectiveWays(options);
  const latency = Float64Array.from(ways, (way) => way.latencyS);
  const perByte = Float64Array.from(ways, (way) => way.sPerByte);
  const limit = Float64Array.from(ways, (way) => way.limitBytes);
  return (bytes) => {
    let least = Infinity;
    for (let i = 0; i < latency.length; i++) {
      if (bytes > limit[i]!) continue;
      const seconds = latency[i]! + perByte[i]! * bytes;
      if (seconds < least) least = seconds;
    }
    return least;
  };
}
