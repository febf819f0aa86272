import type { Accelerator, CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import { formatNumber } from "../../format/formatNumber.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import type { Planned } from "../TrainingPlan.ts";

/**
 * Price of an hour of an accelerator: the one given, or the geometric mean of the range that the catalogue has for it.
 *
 * @returns undefined where none was given and none is known
 */
export function rentalPrice(
  accelerator: Accelerator | CatalogAccelerator,
  given?: number,
): Planned | undefined {
  const unit = "US dollars an accelerator hour";
  if (given !== undefined) {
    const value = requirePositive("usdPerGpuHour", given, "give US dollars an hour");
    return { value, unit, from: "given", notes: [] };
  }
  const range = "usdPerHour" in accelerator ? accelerator.usdPerHour : undefined;
  if (!range) return undefined;
  const { low, high, asOf, from } = range;
  if (low === high) {
    return { value: low, unit, from, notes: [`a price of ${asOf}; give the price you pay (usdPerGpuHour)`] };
  }
  return {
    value: Number(Math.sqrt(low * high).toPrecision(3)),
    unit,
    interval: [low, high],
    from: `the geometric mean of ${formatNumber(low)} to ${formatNumber(high)}, ${from}`,
    notes: [
      `prices of ${asOf}, the dearest ${formatNumber(Number((high / low).toPrecision(2)))} times the cheapest; give the price you pay (usdPerGpuHour)`,
    ],
  };
}
