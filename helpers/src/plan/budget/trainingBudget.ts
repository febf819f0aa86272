import type { Accelerator } from "../../catalog/accelerators/Accelerator.ts";
import { peakOf } from "../../catalog/accelerators/peakOf.ts";
import { readAccelerator } from "../../catalog/accelerators/readAccelerator.ts";
import { formatFlops } from "../../format/formatFlops.ts";
import { formatNumber } from "../../format/formatNumber.ts";
import { requireEfficiency, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { Planned } from "../TrainingPlan.ts";
import { rentalPrice } from "./rentalPrice.ts";

/** What a `BudgetQuestion` may ask. */
export const budgetOptions = [
  "flops",
  "gpuHours",
  "usd",
  "days",
  "gpus",
  "accelerator",
  "mfu",
  "usdPerGpuHour",
] as const satisfies readonly (keyof BudgetQuestion)[];

/** Compute as FLOPs, as accelerator time, as money, or as days of so many accelerators. */
export interface BudgetQuestion {
  readonly flops?: number;
  readonly gpuHours?: number;
  /** US dollars for training. */
  readonly usd?: number;
  /** Days that training may take. */
  readonly days?: number;
  /** Accelerators at work at once. */
  readonly gpus?: number;
  /**
   * A name that `findAccelerator` finds ("h100-sxm"), or a data sheet of your own. Where only money or days are given, the
   * A100 SXM of 40 GB.
   */
  readonly accelerator?: string | Accelerator;
  /** Share of the peak that training reaches, 0 to 1. Default .4. */
  readonly mfu?: number;
  /** Price of an accelerator hour in US dollars. */
  readonly usdPerGpuHour?: number;
}

/** Training compute, and how fast it is spent. */
export interface Budget {
  readonly flops: Planned;
  /** FLOPs an accelerator does in an hour; absent without one. */
  readonly flopsPerGpuHour?: Planned;
  /** Price of an accelerator hour; absent where none is known. */
  readonly usdPerGpuHour?: Planned;
}

/**
 * Training compute from FLOPs, accelerator hours (C = hours 3600 peak MFU, at the dense 16-bit peak), US dollars at a price
 * an hour, or days of so many accelerators. Money and days are limits: with several the least compute counts, and `from`
 * says which it was.
 *
 * @throws RangeError when nothing is given or flops and gpuHours both are, a number is not > 0, mfu is not in (0, 1], hours
 *   come without an accelerator, or money without a price
 *
 * @example
 * import { trainingBudget } from "isoflop";
 * trainingBudget({ gpuHours: 1e6, accelerator: "h100-sxm", mfu: 0.4 }).flops.value; // => 1.424e24
 * trainingBudget({ usd: 2e6, usdPerGpuHour: 2.5, accelerator: "h100-sxm" }).flops.value; // => 1.139e24
 */
export function trainingBudget(question: BudgetQuestion): Budget {
  requireOptions("trainingBudget", question, budgetOptions);
  const { flops, gpuHours, usd, days, gpus, mfu, usdPerGpuHour } = question;
  const isTimed = usd !== undefined || (days !== undefined && gpus !== undefined);
  if (flops !== undefined && gpuHours !== undefined) {
    throw new RangeError("give the budget once: flops, or gpuHours with an accelerator");
  }
  if (flops === undefined && gpuHours === undefined && !isTimed) {
    throw new RangeError(
      "give the budget once: flops, or gpuHours with an accelerator, or usd, or days with gpus",
    );
  }
  if (mfu !== undefined) requireEfficiency("mfu", mfu);
  if (days !== undefined) requirePositive("days", days, "give the days training may take, such as 60");
  if (gpus !== undefined) requireWhole("gpus", gpus, 1, "give the number of accelerators");
  if (gpuHours !== undefined && question.accelerator === undefined) {
    throw new RangeError("gpuHours needs an accelerator, such as h100-sxm, to become FLOPs");
  }
  const accelerator = isTimed ? (question.accelerator ?? "a100-sxm-40gb") : question.accelerator;
  const sheet = accelerator === undefined ? undefined : readAccelerator(accelerator);
  const rate = sheet && hourly(sheet.name, peakOf(sheet, 16).flopsPerS, mfu);
  const price = sheet && rentalPrice(sheet, usdPerGpuHour);
  const shared = {
    flopsPerGpuHour: rate,
    ...(price && (usd ?? usdPerGpuHour) !== undefined && { usdPerGpuHour: price }),
  };
  const limits: Planned[] = [];
  const hours = (value: number, what: string, notes: readonly string[] = []) =>
    limits.push({
      value: value * rate!.value,
      unit: "FLOPs",
      from: `${what} of ${rate!.from}`,
      notes: [...rate!.notes, ...notes],
    });
  if (flops !== undefined) {
    const value = requirePositive("flops", flops, "give a budget, such as 1e24");
    limits.push({ value, unit: "FLOPs", from: "given", notes: [] });
  }
  if (gpuHours !== undefined) {
    hours(requirePositive("gpuHours", gpuHours, "give accelerator hours, such as 1e6"), `${gpuHours} hours`);
  }
  if (usd !== undefined) {
    requirePositive("usd", usd, "give US dollars, such as 2e6");
    if (!price) {
      throw new RangeError(
        `usd needs the price of an hour of ${sheet!.name}, which the catalogue has not; give usdPerGpuHour`,
      );
    }
    hours(usd / price.value, `${formatNumber(usd)} US dollars at ${price.value} an hour`, price.notes);
  }
  if (days !== undefined && gpus !== undefined && rate) {
    hours(24 * days * gpus, `${formatNumber(days)} days of ${formatNumber(gpus)}`);
  }
  const least = limits.reduce((a, b) => (b.value < a.value ? b : a));
  if (!(least.value > 0 && least.value < Infinity)) {
    throw new RangeError(
      `the budget must come to a finite number of FLOPs > 0, got ${least.value} from ${least.from}; check its numbers`,
    );
  }
  const others = limits.filter((limit) => limit !== least);
  const note = others.map(
    ({ value, from }) => `the least of the limits: ${from} would be ${formatFlops(value)}`,
  );
  return { flops: { ...least, notes: [...least.notes, ...note] }, ...shared };
}

function hourly(name: string, peak: number, mfu = 0.4): Planned {
  return {
    value: 3600 * peak * mfu,
    unit: "FLOPs per accelerator hour",
    from: `${name} at ${(100 * mfu).toFixed(0)} % of its dense 16-bit peak`,
    notes: [
      "the share of the peak is an assumption, without downtime: steps reached 32 to 56 % on A100s (Korthikanti et al. 2022) and 38 to 43 % on H100s (arXiv:2407.21783), whole runs by their device hours 14 to 35 % (Llama 3.1, DeepSeek-V3)",
    ],
  };
}
