import type { Accelerator, CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import { peakOf } from "../../catalog/accelerators/peakOf.ts";
import { readAccelerator } from "../../catalog/accelerators/readAccelerator.ts";
import { type ProductFormat, productFormats } from "../../cost/time/machineRates.ts";
import { formatCount } from "../../format/formatCount.ts";
import { formatFlops } from "../../format/formatFlops.ts";
import { formatNumber } from "../../format/formatNumber.ts";
import { requireEfficiency, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { Planned } from "../TrainingPlan.ts";
import { expectedRate } from "./expectedRate.ts";
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
  "precision",
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
  /**
   * Share of the dense 16-bit peak that training reaches, downtime included, 0 to 1. Left out, a run of about the size of
   * the plan is timed by the calibrated model; for a data sheet of your own .4 is taken.
   */
  readonly mfu?: number;
  /** Format of the operands of products, where `mfu` is left out. Default "bf16". */
  readonly precision?: ProductFormat;
  /** Price of an accelerator hour in US dollars. */
  readonly usdPerGpuHour?: number;
}

/** Training compute, and how fast it is spent. */
export interface Budget {
  readonly flops: Planned;
  /** Accelerator hours, where they are what limits the compute. */
  readonly hours?: number;
  /** FLOPs an accelerator does in an hour; absent without one. */
  readonly flopsPerGpuHour?: Planned;
  /** Price of an accelerator hour; absent where none is known. */
  readonly usdPerGpuHour?: Planned;
}

/**
 * Training compute from FLOPs, accelerator hours (C = hours 3600 peak MFU, at the dense 16-bit peak), US dollars at a price
 * an hour, or days of so many accelerators. Money and days are limits: with several the least compute counts, and `from`
 * says which it was. Without `mfu` the rate is that of a run of about this size in the fastest layout that fits
 * (`searchLayouts`, `trainingStep`) and of published goodputs, with an interval.
 *
 * @throws RangeError when nothing is given or flops and gpuHours both are, a number is not > 0, mfu is not in (0, 1], hours
 *   come without an accelerator, money without a price, or both mfu and precision are given
 *
 * @example
 * import { trainingBudget } from "isoflop";
 * trainingBudget({ gpuHours: 1e6, accelerator: "h100-sxm", mfu: 0.4 }).flops.value; // => 1.424e24
 * trainingBudget({ usd: 2e6, usdPerGpuHour: 2.5, accelerator: "h100-sxm" }).flops.value; // => 1.321e24
 */
export function trainingBudget(question: BudgetQuestion): Budget {
  requireOptions("trainingBudget", question, budgetOptions);
  const { flops, gpuHours, usd, days, gpus, mfu, usdPerGpuHour } = question;
  if (question.precision !== undefined) requireOneOf("precision", question.precision, productFormats);
  if (mfu !== undefined && question.precision !== undefined) {
    throw new RangeError("mfu is a share of the 16-bit peak, whatever the precision; give one of them");
  }
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
  const price = sheet && rentalPrice(sheet, usdPerGpuHour);
  if (flops !== undefined) requirePositive("flops", flops, "give a budget, such as 1e24");
  const given = sheet ? hoursGiven(question, sheet, price) : [];
  const leastHours = Math.min(...given.map(({ hours }) => hours));
  const rate = sheet && hourly(sheet, question, leastHours);
  const shared = {
    flopsPerGpuHour: rate,
    ...(price && (usd ?? usdPerGpuHour) !== undefined && { usdPerGpuHour: price }),
  };
  const limits: (Planned & { readonly hours?: number })[] = [
    ...(flops === undefined ? [] : [{ value: flops, unit: "FLOPs", from: "given", notes: [] }]),
    ...given.map(({ hours, what, notes }) => ({
      value: hours * rate!.value,
      unit: "FLOPs",
      from: `${what} of ${rate!.from}`,
      ...(rate!.interval && { interval: [hours * rate!.interval[0], hours * rate!.interval[1]] as const }),
      notes: [...rate!.notes, ...notes],
      hours,
    })),
  ];
  const least = limits.reduce((a, b) => (b.value < a.value ? b : a));
  requireCompute(least.value, least.from);
  const others = limits.filter((limit) => limit !== least);
  const note = others.map(
    ({ value, from }) => `the least of the limits: ${from} would be ${formatFlops(value)}`,
  );
  const { hours, ...compute } = least;
  return {
    flops: { ...compute, notes: [...least.notes, ...note] },
    ...(hours !== undefined && { hours }),
    ...shared,
  };
}

function requireCompute(flops: number, from: string): void {
  if (flops > 0 && flops < Infinity) return;
  throw new RangeError(
    `the budget must come to a finite number of FLOPs > 0, got ${flops} from ${from}; check its numbers`,
  );
}

/** The limits that are hours: given so, as money, as days. */
function hoursGiven(
  { gpuHours, usd, days, gpus }: BudgetQuestion,
  sheet: Accelerator,
  price: Planned | undefined,
): { hours: number; what: string; notes: readonly string[] }[] {
  const limits: { hours: number; what: string; notes: readonly string[] }[] = [];
  if (gpuHours !== undefined) {
    requirePositive("gpuHours", gpuHours, "give accelerator hours, such as 1e6");
    limits.push({ hours: gpuHours, what: `${gpuHours} hours`, notes: [] });
  }
  if (usd !== undefined) {
    requirePositive("usd", usd, "give US dollars, such as 2e6");
    if (!price) {
      throw new RangeError(
        `usd needs the price of an hour of ${sheet.name}, which the catalogue has not; give usdPerGpuHour`,
      );
    }
    const what = `${formatNumber(usd)} US dollars at ${price.value} an hour`;
    limits.push({ hours: usd / price.value, what, notes: price.notes });
  }
  if (days !== undefined && gpus !== undefined) {
    limits.push({
      hours: 24 * days * gpus,
      what: `${formatNumber(days)} days of ${formatNumber(gpus)}`,
      notes: [],
    });
  }
  return limits;
}

function hourly(sheet: Accelerator | CatalogAccelerator, question: BudgetQuestion, hours: number): Planned {
  const { mfu, gpus, days, flops = Infinity, precision } = question;
  const { name } = sheet;
  const peak = peakOf(sheet, 16).flopsPerS;
  const usual = 0.4;
  if (mfu === undefined && "peaks" in sheet) {
    const format = precision ?? (sheet.peaks.bf16 === undefined ? "fp16" : "bf16");
    // Timed for the size that the compute buys at a usual share of the peak; the share moves slowly with the size.
    const compute = Math.min(flops, hours * 3600 * peak * usual);
    requireCompute(compute, `${hours} hours of ${name}`);
    const rate = expectedRate({ flops: compute, accelerator: sheet, gpus, days, format });
    if (rate) return rate;
    throw new RangeError(
      `no layout fits a model of about ${formatCount(Math.sqrt(compute / 120))} on ${formatCount(gpus!)} of ${name}; give more gpus, or the share of the peak you reach (mfu)`,
    );
  }
  return {
    value: 3600 * peak * (mfu ?? usual),
    unit: "FLOPs per accelerator hour",
    from: `${name} at ${(100 * (mfu ?? usual)).toFixed(0)} % of its dense 16-bit peak`,
    notes:
      mfu === undefined
        ? [
            "the share of the peak is an assumption, without downtime: steps reached 32 to 56 % on A100s (Korthikanti et al. 2022) and 38 to 43 % on H100s (arXiv:2407.21783), whole runs by their device hours 14 to 35 % (Llama 3.1, DeepSeek-V3)",
          ]
        : [],
  };
}
