import type { CollectiveKind } from "./CollectiveProfile.ts";

/** Software whose collectives were measured; that of engines within a captured graph. */
export const collectiveSoftware = ["nccl", "trtllm", "vllm", "sglang"] as const;

/** Links that were measured. */
export const collectiveLinks = ["NVLink 3", "NVLink 4", "NVLink 5", "PCIe 4", "PCIe 5"] as const;

/**
 * One way to do a collective: `latency + volume(n) b / (share r)`. The time of a collective is that of its fastest way that
 * the software has.
 */
export interface CollectivePiece {
  readonly name: string;
  readonly kind: CollectiveKind;
  /** Bytes that one device sends (or receives, where those are more), as a share of the tensor. */
  readonly volume: (devices: number) => number;
  /** Whether engines have it and a general library does not. */
  readonly custom?: true;
  /** Whether switches have to add up. */
  readonly inSwitch?: true;
  /** What is expected at two devices before anything is measured: microseconds, and the share of the link that is reached. */
  readonly latencyUs: number;
  readonly share: number;
  /** By which power of the number of devices the latency grows. */
  readonly growth: number;
}

const twice = (n: number) => (2 * (n - 1)) / n;
const once = (n: number) => (n - 1) / n;

const library = (kind: CollectiveKind, name: string, volume: (n: number) => number) => [
  { name: `${name}, low latency`, kind, volume, latencyUs: 8, growth: 0.6, share: 0.3 },
  { name: `${name}, high bandwidth`, kind, volume, latencyUs: 40, growth: 0.4, share: 0.8 },
];

/** All ways, in the order of their constants. */
export const collectivePieces: readonly CollectivePiece[] = [
  {
    ...{ name: "one shot", kind: "all-reduce", volume: (n) => n - 1, custom: true },
    ...{ latencyUs: 3, growth: 0.1, share: 0.6 },
  },
  {
    ...{ name: "two shots", kind: "all-reduce", volume: twice, custom: true },
    ...{ latencyUs: 8, growth: 0.3, share: 0.6 },
  },
  ...library("all-reduce", "ring or tree", twice),
  {
    ...{ name: "in the switch", kind: "all-reduce", volume: (n) => 1 + 1 / n, inSwitch: true },
    ...{ latencyUs: 60, growth: 0.1, share: 0.65 },
  },
  ...library("reduce-scatter", "scatter", once),
  ...library("all-gather", "gather", once),
  ...library("all-to-all", "exchange", once),
];

/** Constants that a latency, and a share, of a way are the sum of: a base, one each software and link, powers of the devices. */
export const effects = 2 + collectiveSoftware.length + 2 * collectiveLinks.length;
/** Where among them those of the links begin, and the power of the devices. */
export const linkAt = 1 + collectiveSoftware.length;
export const growthAt = linkAt + collectiveLinks.length;

/**
 * Where the effects of a way stand that a machine has, and what each is multiplied with: an unknown software or link (-1)
 * has none of its own.
 */
export function effectsAt(
  start: number,
  software: number,
  link: number,
  devices: number,
): [number, number][] {
  const growth = start + growthAt;
  const doublings = Math.log(devices / 2);
  const at: [number, number][] = [
    [start, 1],
    [growth, doublings],
  ];
  if (software >= 0) at.push([start + 1 + software, 1]);
  if (link >= 0) {
    at.push([start + linkAt + link, 1], [growth + 1 + link, doublings]);
  }
  return at;
}

/** The link that measurements exist for, or -1: "PCIe 5 x16" is PCIe 5, "NVLink 4, fewer links" is NVLink 4. */
export function indexOfLink(link: string | undefined): number {
  return collectiveLinks.findIndex(
    (name) => link === name || link?.startsWith(`${name} `) || link?.startsWith(`${name},`),
  );
}

/** Most bytes for which an engine uses its own all-reduce; above, and on PCIe beyond two devices, it calls the library. */
export function customLimit(software: string, link: number, devices: number): number {
  if (software === "nccl" || (link >= 3 && devices > 2)) return -1;
  return limits[software as keyof typeof limits] ?? limits.vllm;
}
const limits = { trtllm: 8 * 2 ** 20, vllm: 8 * 2 ** 20, sglang: 16 * 2 ** 20 };

/** Whether the switches of a link add up: NVSwitch from its third generation on. */
export const addsInSwitch = (link: number): boolean => link === 1 || link === 2;

/** The ways that a software has of doing a collective on these devices, each with the most bytes that it is used for. */
export function waysOf(
  kind: CollectiveKind,
  software: string,
  link: number,
  devices: number,
): { readonly piece: number; readonly limitBytes: number }[] {
  const custom = customLimit(software, link, devices);
  return collectivePieces.flatMap((way, piece) => {
    if (way.kind !== kind || (way.inSwitch && !addsInSwitch(link))) return [];
    if (!way.custom) return [{ piece, limitBytes: Infinity }];
    return custom > 0 ? [{ piece, limitBytes: custom }] : [];
  });
}
