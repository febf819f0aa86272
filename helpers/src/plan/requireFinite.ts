import type { Planned, TrainingPlan } from "./TrainingPlan.ts";

/**
 * A plan, where each of its numbers is one: a question far beyond anything that can be trained ends in Infinity.
 *
 * @throws RangeError naming the quantity that is none
 */
export function requireFinite(plan: TrainingPlan): TrainingPlan {
  const { terms, shares, ...quantities } = plan;
  const all = Object.entries({ ...quantities, ...shares }) as [string, Planned | undefined][];
  for (const [name, planned] of all) {
    if (!planned || [planned.value, ...(planned.interval ?? [])].every(Number.isFinite)) continue;
    const { value, interval } = planned;
    throw new RangeError(
      `${name} must be a finite number, got ${value}${interval ? ` (${interval.join(" to ")})` : ""}; ` +
        "the question is too large or too small for a plan: ask for less extreme numbers",
    );
  }
  return plan;
}
