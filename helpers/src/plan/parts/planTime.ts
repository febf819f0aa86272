import { productOf } from "../../cost/run/productOf.ts";
import type { RangedValue } from "../../cost/run/Ranged.ts";
import type { Planned, TrainingPlan } from "../TrainingPlan.ts";
import type { PlanContext } from "./PlanContext.ts";

/** Accelerator hours, days and money of so many FLOPs. */
export function planTime(
  { question, budget }: PlanContext,
  flops: Planned,
): Pick<TrainingPlan, "gpuHours" | "gpus" | "days" | "usd"> {
  const { flopsPerGpuHour, usdPerGpuHour } = budget;
  const { gpus, days } = question;
  if (flopsPerGpuHour === undefined) {
    if (gpus !== undefined || days !== undefined || question.usdPerGpuHour !== undefined) {
      throw new RangeError(
        "days and cost need an accelerator, such as h100-sxm; without one a budget has no hours",
      );
    }
    return {};
  }
  const { from, notes, interval = [flopsPerGpuHour.value, flopsPerGpuHour.value] } = flopsPerGpuHour;
  // Where hours are the budget they are certain, and the compute is what the rate leaves open.
  const rate = { value: flopsPerGpuHour.value, low: interval[0], high: interval[1] };
  const compute = { value: flops.value, low: flops.value, high: flops.value };
  if (flops.interval && flops !== budget.flops) [compute.low, compute.high] = flops.interval;
  const hours =
    budget.hours === undefined
      ? productOf([{ of: compute }, { of: rate, over: true }])
      : productOf([{ of: compute }, { of: { ...rate, low: rate.value, high: rate.value }, over: true }]);
  const scaled = (factor: number, unit: string, how: string, own: readonly string[] = []): Planned => ({
    value: hours.value * factor,
    unit,
    from: how,
    ...(hours.low < hours.high && { interval: [hours.low * factor, hours.high * factor] as const }),
    notes: own,
  });
  const downtime = flopsPerGpuHour.interval ? "downtime counted" : "no downtime";
  const whole = ({ value, interval, ...rest }: Planned): Planned => ({
    ...rest,
    value: Math.ceil(value),
    ...(interval && { interval: [Math.ceil(interval[0]), Math.ceil(interval[1])] as const }),
  });
  return {
    gpuHours: scaled(1, "accelerator hours", from, notes),
    ...(gpus !== undefined && {
      days: scaled(1 / gpus / 24, "days", `${gpus} accelerators, ${downtime}`),
    }),
    ...(gpus === undefined &&
      days !== undefined && {
        gpus: whole(scaled(1 / days / 24, "accelerators at once", `to be done in ${days} days, ${downtime}`)),
      }),
    ...(usdPerGpuHour && {
      usd: {
        ...scaled(
          usdPerGpuHour.value,
          "US dollars",
          `${usdPerGpuHour.value} US dollars an accelerator hour, ${usdPerGpuHour.from}`,
          usdPerGpuHour.notes,
        ),
        ...priced(hours, usdPerGpuHour, budget.hours === undefined),
      },
    }),
  };
}

/** Interval of the money: the range of prices joins that of the hours, unless money or hours are what was given. */
function priced(hours: RangedValue, price: Planned, isOpen: boolean): Pick<Planned, "interval"> {
  const [low, high] = price.interval ?? [price.value, price.value];
  if (!isOpen || (low === high && hours.low === hours.high)) return {};
  const money = productOf([{ of: hours }, { of: { value: price.value, low, high } }]);
  return { interval: [money.low, money.high] };
}
