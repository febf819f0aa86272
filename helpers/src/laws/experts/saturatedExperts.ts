import { refusal, requireAtLeast, requirePositive } from "../../numerics/arguments/requireNumber.ts";

/** Between which values the saturated number of experts moves. */
export interface Saturation {
  /** What one expert counts for. */
  readonly start: number;
  /** What infinitely many experts count for; above `start`. */
  readonly max: number;
}

/**
 * The number of experts that the laws of routed models read: `start` for one expert, nearly `experts` in between, `max`
 * for infinitely many. `1/Ê = 1/(E - 1 + 1/(1/start - 1/max)) + 1/max`.
 *
 * Source: Clark et al. 2022 (arXiv 2202.01169), equation 1; Ludziejewski et al. 2025 (arXiv 2502.05172) take it over.
 *
 * @param experts experts of a routed layer, 1 for a dense model
 * @param saturation start and max, such as a routed law's parameters
 * @throws RangeError unless experts >= 1 and 0 < start < max
 * @example
 * import { saturatedExperts } from "isoflop";
 * saturatedExperts(1, { start: 2, max: 300 }); // => 2
 * saturatedExperts(64, { start: 2, max: 300 }); // => 53.43
 */
export function saturatedExperts(experts: number, { start, max }: Saturation): number {
  if (experts !== Infinity) requireAtLeast("experts", experts, 1, "a dense model has 1");
  requirePositive("start", start, "give what one expert counts for, such as 2");
  if (!(max > start)) throw refusal("max", `must be > start, which is ${start}`, max, "about 300 is usual");
  return 1 / inverseSaturated(experts, start, max);
}

/** 1 / Ê, unchecked. A search may try a max below start, where one expert already saturates. */
export function inverseSaturated(experts: number, start: number, max: number): number {
  const room = 1 / start - 1 / max;
  return (room > 0 ? 1 / (experts - 1 + 1 / room) : 0) + 1 / max;
}

/** The derivatives of 1 / Ê by start and by max. */
export function inverseSaturatedSlopes(experts: number, start: number, max: number): [number, number] {
  const room = 1 / start - 1 / max;
  if (!(room > 0)) return [0, -1 / max ** 2];
  const passed = 1 / (1 + (experts - 1) * room) ** 2;
  return [-passed / start ** 2, (passed - 1) / max ** 2];
}
