import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type CollectiveKind, collectiveKinds } from "./CollectiveProfile.ts";
import type { CollectiveConstants } from "./calibrateCollectives.ts";
import {
  collectivePieces,
  collectiveSoftware,
  effects,
  growthAt,
  indexOfLink,
  linkAt,
  waysOf,
} from "./pieces.ts";
import { publishedCollectives } from "./publishedCollectives.ts";

/** Devices that all reach each other, and what they do together. */
export interface CollectiveClockOptions {
  readonly kind: CollectiveKind;
  /** Devices that take part. */
  readonly devices: number;
  /** Bytes per second that one device sends over the link at most, by its data sheet. */
  readonly bytesPerSEachWay: number;
  /** Name of the link, as a data sheet of `accelerators` writes it; left out or unknown, the middle of those that were measured. */
  readonly link?: string;
  /** "trtllm", "vllm", "sglang" or "nccl"; left out or unknown, the middle of the engines that were measured. */
  readonly software?: string;
  /** Constants from `calibrateCollectives`; left out, those of published profiles. */
  readonly constants?: CollectiveConstants;
}

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
  const { kind, devices, bytesPerSEachWay, link, software = "" } = options;
  const { constants = publishedCollectives } = options;
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
  const l = indexOfLink(link);
  const s = collectiveSoftware.indexOf(software as "nccl");
  const ways = waysOf(kind, software, l, devices);
  const latency = new Float64Array(ways.length);
  const perByte = new Float64Array(ways.length);
  const limit = new Float64Array(ways.length);
  for (const [i, { piece, limitBytes }] of ways.entries()) {
    latency[i] = 1e-6 * Math.exp(sum(constants, 2 * effects * piece, s, l, devices));
    const share = Math.exp(sum(constants, 2 * effects * piece + effects, s, l, devices));
    perByte[i] = collectivePieces[piece]!.volume(devices) / (share * bytesPerSEachWay);
    limit[i] = limitBytes;
  }
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

/** The sum of `effectsAt`, without a list of them. */
function sum(constants: CollectiveConstants, start: number, s: number, l: number, devices: number): number {
  const doublings = Math.log(devices / 2);
  let total = constants[start]! + constants[start + growthAt]! * doublings;
  if (s >= 0) total += constants[start + 1 + s]!;
  if (l >= 0) total += constants[start + linkAt + l]! + constants[start + growthAt + 1 + l]! * doublings;
  return total;
}
