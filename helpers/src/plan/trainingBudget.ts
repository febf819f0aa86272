import { type Accelerator, accelerators } from "../catalog/accelerators.ts";
import { requireEfficiency, requirePositive } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import type { Planned } from "./TrainingPlan.ts";

/** What a `BudgetQuestion` may ask. */
export const budgetOptions = [
  "flops",
  "gpuHours",
  "accelerator",
  "mfu",
] as const satisfies readonly (keyof BudgetQuestion)[];

/** Compute as FLOPs, or as accelerator time. */
export interface BudgetQuestion {
  readonly flops?: number;
  readonly gpuHours?: number;
  /** A name of `accelerators` or the start of one ("h100"), or a data sheet of your own. */
  readonly accelerator?: string | Accelerator;
  /** Share of the peak that training reaches, 0 to 1. Default .4. */
  readonly mfu?: number;
}

/** Training compute, and how fast it is spent. */
export interface Budget {
  readonly flops: Planned;
  /** FLOPs an accelerator does in an hour; absent without one. */
  readonly flopsPerGpuHour?: Planned;
}

/**
 * An accelerator by its name or the start of it, such as "h100" for "h100-sxm-80gb".
 *
 * @throws RangeError when no name starts so, or several that differ in their peak do
 *
 * @example
 * import { findAccelerator } from "isoflop";
 * findAccelerator("h100").peakFlopsPerS[16]; // => 9.89e14
 */
export function findAccelerator(name: string): Accelerator {
  const entries = Object.entries<Accelerator>(accelerators);
  const found = entries.filter(([known]) => known.startsWith(name.toLowerCase())).map(([, one]) => one);
  const peaks = new Set(found.map((one) => one.peakFlopsPerS[16]));
  if (name === "" || peaks.size !== 1) {
    const known = entries.map(([one]) => one).join(", ");
    throw new RangeError(
      `accelerator "${name}" is ${found.length ? "ambiguous" : "unknown"}; there are ${known}`,
    );
  }
  return found[0]!;
}

/**
 * Training compute from FLOPs or from accelerator hours: C = hours 3600 peak MFU, at the dense 16-bit peak.
 *
 * @throws RangeError when neither or both of flops and gpuHours are given, a number is not > 0, mfu is not in (0, 1], or
 *   hours come without an accelerator
 *
 * @example
 * import { trainingBudget } from "isoflop";
 * trainingBudget({ gpuHours: 1e6, accelerator: "h100", mfu: 0.4 }).flops.value; // => 1.424e24
 */
export function trainingBudget(question: BudgetQuestion): Budget {
  requireOptions("trainingBudget", question, budgetOptions);
  const { flops, gpuHours, accelerator, mfu } = question;
  if ((flops === undefined) === (gpuHours === undefined)) {
    throw new RangeError("give the budget once: flops, or gpuHours with an accelerator");
  }
  if (mfu !== undefined) requireEfficiency("mfu", mfu);
  const rate = accelerator === undefined ? undefined : hourly(accelerator, mfu);
  if (flops !== undefined) {
    const value = requirePositive("flops", flops, "give a budget, such as 1e24");
    return { flops: { value, unit: "FLOPs", from: "given", notes: [] }, flopsPerGpuHour: rate };
  }
  if (rate === undefined)
    throw new RangeError("gpuHours needs an accelerator, such as h100, to become FLOPs");
  const value = requirePositive("gpuHours", gpuHours!, "give accelerator hours, such as 1e6") * rate.value;
  return {
    flops: { value, unit: "FLOPs", from: `${gpuHours} hours of ${rate.from}`, notes: rate.notes },
    flopsPerGpuHour: rate,
  };
}

function hourly(accelerator: string | Accelerator, mfu = 0.4): Planned {
  const { name, peakFlopsPerS } =
    typeof accelerator === "string" ? findAccelerator(accelerator) : accelerator;
  return {
    value: 3600 * peakFlopsPerS[16] * mfu,
    unit: "FLOPs per accelerator hour",
    from: `${name} at ${(100 * mfu).toFixed(0)} % of its dense 16-bit peak`,
    notes: [
      "the share of the peak is an assumption; 32 to 56 % were measured on A100s (Korthikanti et al. 2022)",
    ],
  };
}
