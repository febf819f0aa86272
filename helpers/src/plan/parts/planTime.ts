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
  const { from, notes } = flopsPerGpuHour;
  const scaled = (factor: number, unit: string, how: string, own: readonly string[] = []): Planned => ({
    value: flops.value * factor,
    unit,
    from: how,
    ...(flops.interval && { interval: [flops.interval[0] * factor, flops.interval[1] * factor] as const }),
    notes: own,
  });
  const whole = ({ value, interval, ...rest }: Planned): Planned => ({
    ...rest,
    value: Math.ceil(value),
    ...(interval && { interval: [Math.ceil(interval[0]), Math.ceil(interval[1])] as const }),
  });
  const hours = 1 / flopsPerGpuHour.value;
  return {
    gpuHours: scaled(hours, "accelerator hours", from, notes),
    ...(gpus !== undefined && {
      days: scaled(hours / gpus / 24, "days", `${gpus} accelerators, no downtime`),
    }),
    ...(gpus === undefined &&
      days !== undefined && {
        gpus: whole(
          scaled(hours / days / 24, "accelerators at once", `to be done in ${days} days, no downtime`),
        ),
      }),
    ...(usdPerGpuHour && {
      usd: scaled(
        hours * usdPerGpuHour.value,
        "US dollars",
        `${usdPerGpuHour.value} US dollars an accelerator hour, ${usdPerGpuHour.from}`,
        usdPerGpuHour.notes,
      ),
    }),
  };
}
