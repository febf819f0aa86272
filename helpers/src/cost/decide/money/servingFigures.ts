import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import type { EngineEstimate, Estimated } from "../../engine/EngineEstimate.ts";
import { type Factor, productOf } from "../../run/productOf.ts";
import { type RangedValue, readRanged } from "../../run/Ranged.ts";
import type { ServingOffer, ServingQuestion } from "../ServingQuestion.ts";
import { readPue, servingPower } from "./servingPower.ts";

/** What a device of an offer costs, as far as it is known, with ranges that count as 80 % intervals. */
export interface DeviceRates {
  readonly usdPerS?: RangedValue;
  readonly watts?: RangedValue;
  readonly kgCo2ePerS?: RangedValue;
}

/** Money, power and carbon of a device of an offer, and what was taken for granted. */
export function deviceRates(
  sheet: CatalogAccelerator,
  offer: ServingOffer,
  question: Pick<ServingQuestion, "pue" | "carbonIntensity">,
): { readonly rates: DeviceRates; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const range = sheet.usdPerHour;
  const price = offer.usdPerHour ?? (range && ([range.low, range.high] as const));
  const usd = price === undefined ? undefined : readRanged("usdPerHour", price);
  if (offer.usdPerHour === undefined) {
    notes.push(
      range
        ? `${sheet.name}: ${range.low} to ${range.high} US dollars an hour on ${range.asOf}, ${range.from}`
        : `the catalogue has no price of ${sheet.name}: give usdPerHour for money`,
    );
  }
  const pue = readPue(question.pue ?? 1);
  let watts =
    offer.wattsPerDevice === undefined ? undefined : readRanged("wattsPerDevice", offer.wattsPerDevice);
  if (watts) watts = productOf([{ of: watts }, { of: pue }]);
  else if (sheet.boardWatts !== undefined) {
    const power = servingPower({
      accelerator: sheet,
      devices: 1,
      ...(question.pue && { pue: question.pue }),
    });
    watts = { value: power.watts, low: power.interval80[0], high: power.interval80[1] };
    notes.push(
      ...power.assumptions,
      "nodes draw what they draw at full load, however few requests they serve",
    );
  } else notes.push(`the power of ${sheet.name} is not known: give wattsPerDevice for energy`);
  const intensity = question.carbonIntensity;
  const perKwh = intensity === undefined ? undefined : readIntensity(intensity);
  const carbon = perKwh && watts && productOf([{ of: watts }, { of: perKwh }]);
  return {
    rates: {
      ...(usd && { usdPerS: scaled(usd, 1 / 3600) }),
      ...(watts && { watts }),
      ...(carbon && { kgCo2ePerS: scaled(carbon, 1 / 3.6e6) }),
    },
    notes,
  };
}

/** No grid reaches 3 kg CO2e a kilowatt hour: beyond, somebody gave grams. */
const readIntensity = (given: NonNullable<ServingQuestion["carbonIntensity"]>) =>
  readRanged("carbonIntensity", given, 3, "give kilograms of CO2e a kWh: divide grams by 1000");

function scaled({ value, low, high }: RangedValue, by: number): RangedValue {
  return { value: value * by, low: low * by, high: high * by };
}

/** devices · rate / tokens a second, times `unit`: the ranges of the rate widen either interval of the speed. */
export function perToken(estimate: EngineEstimate, rate: RangedValue, unit: number): Estimated {
  const { tokensPerS, devices } = estimate;
  const at = ([low, high]: readonly [number, number]): readonly [number, number] => {
    const factors: Factor[] = [{ of: rate }, { of: { value: tokensPerS.value, low, high }, over: true }];
    const product = productOf(factors);
    return [product.low * devices * unit, product.high * devices * unit];
  };
  return {
    value: (devices * rate.value * unit) / tokensPerS.value,
    interval80: at(tokensPerS.interval80),
    interval95: at(tokensPerS.interval95),
  };
}

/** Every end of an estimate times a number. */
export function timesNumber({ value, interval80, interval95 }: Estimated, by: number): Estimated {
  return {
    value: value * by,
    interval80: [interval80[0] * by, interval80[1] * by],
    interval95: [interval95[0] * by, interval95[1] * by],
  };
}

/** Seconds of a whole request: ttft + (o − 1) · tpot, ends added to ends, since slow steps lengthen both. */
export function requestSeconds({ ttftS, tpotS }: EngineEstimate, outputTokens: number): Estimated {
  const steps = outputTokens - 1;
  const ends = (a: readonly [number, number], b: readonly [number, number]) =>
    [a[0] + steps * b[0], a[1] + steps * b[1]] as const;
  return {
    value: ttftS.value + steps * tpotS.value,
    interval80: ends(ttftS.interval80, tpotS.interval80),
    interval95: ends(ttftS.interval95, tpotS.interval95),
  };
}
