import type { CollectiveClockOptions } from "./CollectiveClockOptions.ts";
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

/** One way to do a collective on a machine. */
export interface CollectiveWay {
  readonly name: string;
  readonly latencyS: number;
  readonly sPerByte: number;
  /** Most bytes that it is used for. */
  readonly limitBytes: number;
}

/** The ways that a machine has, of options that were checked. */
export function collectiveWays(options: CollectiveClockOptions): readonly CollectiveWay[] {
  const { kind, devices, bytesPerSEachWay, link, software = "" } = options;
  const { constants = publishedCollectives } = options;
  const l = indexOfLink(link);
  const s = collectiveSoftware.indexOf(software as "nccl");
  const sum = (start: number) => sumOfEffects(constants, start, s, l, Math.log(devices / 2));
  return waysOf(kind, software, l, devices).map(({ piece, limitBytes }) => {
    const { name, volume } = collectivePieces[piece]!;
    const latencyS = 1e-6 * Math.exp(sum(2 * effects * piece));
    const share = Math.exp(sum(2 * effects * piece + effects));
    return { name, latencyS, sPerByte: volume(devices) / (share * bytesPerSEachWay), limitBytes };
  });
}

/** The sum of `effectsAt`, without a list of them. */
function sumOfEffects(
  constants: CollectiveConstants,
  start: number,
  s: number,
  l: number,
  doublings: number,
): number {
  let total = constants[start]! + constants[start + growthAt]! * doublings;
  if (s >= 0) total += constants[start + 1 + s]!;
  if (l >= 0) total += constants[start + linkAt + l]! + constants[start + growthAt + 1 + l]! * doublings;
  return total;
}
