import type { Accelerator } from "../../catalog/accelerators.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import type { Planned } from "../TrainingPlan.ts";

/** Prices of an accelerator hour that a paper printed, by the start of the accelerator's name. */
const published: readonly { readonly starts: string; readonly usdPerHour: number; readonly from: string }[] =
  [
    {
      starts: "A100",
      usdPerHour: 4.096,
      from: "an eighth of an AWS p4d hour, as Narayanan et al. 2023 (arXiv:2305.02440) count it",
    },
    {
      starts: "V100",
      usdPerHour: 3.06,
      from: "an AWS hour, as Narayanan et al. 2023 (arXiv:2305.02440) count it",
    },
  ];

/**
 * Price of an hour of an accelerator: the one given, or the one a paper printed for it.
 *
 * @returns undefined where none was given and none was printed
 */
export function rentalPrice(accelerator: Accelerator, given?: number): Planned | undefined {
  const unit = "US dollars an accelerator hour";
  if (given !== undefined) {
    const value = requirePositive("usdPerGpuHour", given, "give US dollars an hour");
    return { value, unit, from: "given", notes: [] };
  }
  const found = published.find(({ starts }) => accelerator.name.startsWith(starts));
  if (!found) return undefined;
  return {
    value: found.usdPerHour,
    unit,
    from: found.from,
    notes: ["a price of 2023; give the price you pay (usdPerGpuHour)"],
  };
}
