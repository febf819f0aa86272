import { refusal } from "../../numerics/arguments/requireNumber.ts";
import { constantSchedule } from "../schedules/constantSchedule.ts";
import { cooldownSchedule } from "../schedules/cooldownSchedule.ts";
import { learningRates } from "../schedules/learningRates.ts";
import type { Schedule } from "../schedules/Schedule.ts";
import { twoStageSchedule } from "../schedules/twoStageSchedule.ts";

/** They warm up from 0 at step 0 to the peak at step 2159; a decay counts from step 2160. */
const start = { peak: 3e-4, warmup: 2159 };
const end = { last: 3e-5, decayStart: 20_000, total: 24_000 };
const cosine = (total: number) =>
  cooldownSchedule({ ...start, last: 3e-5, decayStart: 2160, total, shape: "cosine" });
const drop = (second: number) =>
  twoStageSchedule({ first: 3e-4, second, warmup: 2159, change: 8000, total: 16_000 });

const schedules: Readonly<Record<string, () => Schedule>> = {
  cosine_24000: () => cosine(24_000),
  cosine_72000: () => cosine(72_000),
  constant_24000: () => constantSchedule({ ...start, total: 24_000 }),
  constant_72000: () => constantSchedule({ ...start, total: 72_000 }),
  wsd_20000_24000: () => cooldownSchedule({ ...start, ...end, shape: "exponential" }),
  wsdld_20000_24000: () => cooldownSchedule({ ...start, ...end, shape: "linear" }),
  wsdcon_3: () => drop(3e-5),
  wsdcon_9: () => drop(9e-5),
  wsdcon_18: () => drop(18e-5),
};

/**
 * The learning rates of a run of Luo et al. by the name that the authors and `multiPowerCurves` give it.
 *
 * Source: thu-yao-01-luo/MultiPowerLaw at 8da9f19, src/lr_schedules.py and src/data_loader.py.
 *
 * @param name such as `cosine_24000`
 * @returns rates of the steps 0 to the last
 * @throws RangeError when there is no schedule of that name
 *
 * @example
 * import { luoSchedule } from "isoflop";
 * luoSchedule("wsdcon_9")[8000]; // => 0.00009
 */
export function luoSchedule(name: string): Float64Array {
  const make = Object.hasOwn(schedules, name) ? schedules[name] : undefined;
  if (make) return learningRates(make());
  throw refusal("name", `must be one of ${Object.keys(schedules).join(", ")}`, name, "name one of those");
}
