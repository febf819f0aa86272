import type { Accelerator, CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import { peakOf } from "../../catalog/accelerators/peakOf.ts";
import { readAccelerator } from "../../catalog/accelerators/readAccelerator.ts";
import { requireAtLeast, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type Factor, productOf } from "./productOf.ts";
import { type Ranged, type RangedValue, readRanged } from "./Ranged.ts";
import { runNotes } from "./runNotes.ts";
import { type TrainingRunQuestion, trainingRunOptions } from "./TrainingRunQuestion.ts";
import { trainingFlops } from "./trainingFlops.ts";

/** A quantity with its interval, of the level of the intervals that were given. */
export interface RunQuantity {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly unit: string;
}

/** Hours, energy, carbon and money of a training. */
export interface TrainingRun {
  readonly flops: RunQuantity;
  /** Device hours from the start to the end, downtime included. */
  readonly deviceHours: RunQuantity;
  readonly hours: RunQuantity;
  readonly days: RunQuantity;
  /** Absent where the power of the board is not known. */
  readonly energy?: RunQuantity;
  /** Absent without `carbonIntensity` and energy. */
  readonly carbon?: RunQuantity;
  /** Absent where no price is known. */
  readonly usd?: RunQuantity;
  /** What was taken where nothing was given, and what is not counted. */
  readonly assumptions: readonly string[];
}

/**
 * Hours, energy, carbon and money of a training run.
 *
 * device hours = FLOPs / (3600 peak MFU goodput); hours = device hours / gpus; energy = device hours x board power x share of it
 * that is drawn x PUE; carbon = energy x intensity; money = device hours x price.
 *
 * Intervals: inputs are taken as independent, and the logarithms of their half-widths add up in squares, either side for
 * itself. Of 80 % intervals of normal logarithms comes one of 80 %; 79 to 84 % where the sides are as 1 to 5. Of several
 * ranges that hold all there is, evenly, comes one that holds 91 to 94 % and no longer all. An interval of MFU beside the
 * range of goodput, or of prices, is between the two; a range of prices is what offers span, not a share of outcomes.
 *
 * @throws RangeError on numbers outside their domain, an unknown accelerator or option, or FLOPs given twice or not at all
 *
 * @example
 * import { trainingRun } from "isoflop";
 * const run = trainingRun({
 *   params: 8.03e9, tokens: 15e12, accelerator: "h100-sxm", gpus: 1024, mfu: [0.35, 0.45], pue: 1.1, carbonIntensity: 0.38,
 * });
 * run.days.value.toFixed(0); // => "23"
 * run.carbon!.unit; // => "t CO2e"
 */
export function trainingRun(question: TrainingRunQuestion): TrainingRun {
  requireOptions("trainingRun", question, trainingRunOptions);
  const { gpus, format = 16 } = question;
  requireWhole("gpus", gpus, 1, "give the number of accelerators");
  const sheet = readAccelerator(question.accelerator);
  const peak = peakOf(sheet, format);
  const flops = readFlops(question);
  const mfu = readRanged("mfu", question.mfu, 1);
  const goodput = readRanged("goodput", question.goodput ?? [0.85, 0.97], 1);
  const perHour = { value: 3600 * peak.flopsPerS, low: 3600 * peak.flopsPerS, high: 3600 * peak.flopsPerS };
  const deviceHours: Factor[] = [
    { of: flops },
    { of: perHour, over: true },
    { of: mfu, over: true },
    { of: goodput, over: true },
  ];
  const hours = times(1 / gpus, deviceHours);
  const watts = question.boardWatts ?? (isCatalogued(sheet) ? sheet.boardWatts : undefined);
  const energy = watts !== undefined && [
    ...deviceHours,
    { of: readRanged("boardWatts", watts) },
    { of: readRanged("powerShare", question.powerShare ?? 1, 1) },
    { of: readPue(question.pue ?? 1) },
  ];
  const intensity = question.carbonIntensity;
  const perKwh = intensity === undefined ? undefined : readIntensity(intensity);
  const price = question.usdPerHour ?? catalogPrice(sheet);
  return {
    flops: { value: flops.value, interval: [flops.low, flops.high], unit: "FLOPs" },
    deviceHours: { ...times(1, deviceHours), unit: "device hours" },
    hours: { ...hours, unit: "hours" },
    days: { ...times(1 / gpus / 24, deviceHours), unit: "days" },
    ...(energy && { energy: { ...times(1e-6, energy), unit: "MWh" } }),
    ...(energy && perKwh && { carbon: { ...times(1e-6, [...energy, { of: perKwh }]), unit: "t CO2e" } }),
    ...(price !== undefined && {
      usd: { ...times(1, [...deviceHours, { of: readRanged("usdPerHour", price) }]), unit: "US dollars" },
    }),
    assumptions: runNotes(question, sheet, peak),
  };
}

/** No grid reaches 3 kg CO2e a kilowatt hour: beyond, somebody gave grams. */
const readIntensity = (given: Ranged) =>
  readRanged("carbonIntensity", given, 3, "give kilograms of CO2e a kWh: divide grams by 1000");

function readPue(given: Ranged): RangedValue {
  const pue = readRanged("pue", given);
  requireAtLeast(
    "pue",
    pue.low,
    1,
    "give the power of the data centre over that of its computers, such as 1.1",
  );
  return pue;
}

function readFlops({ flops, params, tokens, attention }: TrainingRunQuestion): RangedValue {
  const sized = params !== undefined || tokens !== undefined || attention !== undefined;
  if ((flops === undefined) !== sized) {
    throw new RangeError("give the compute once: flops, or params and tokens");
  }
  if (flops !== undefined) return readRanged("flops", flops);
  const value = trainingFlops({ params: params!, tokens: tokens!, ...(attention && { attention }) });
  return { value, low: value, high: value };
}

const isCatalogued = (sheet: Accelerator | CatalogAccelerator): sheet is CatalogAccelerator =>
  "peaks" in sheet;

function catalogPrice(sheet: Accelerator | CatalogAccelerator): Ranged | undefined {
  const range = isCatalogued(sheet) ? sheet.usdPerHour : undefined;
  return range && [range.low, range.high];
}

function times(factor: number, factors: readonly Factor[]): Omit<RunQuantity, "unit"> {
  const { value, low, high } = productOf(factors);
  const wayOut = "check the numbers of the question";
  return {
    value: requirePositive("the result", value * factor, wayOut),
    interval: [low * factor, high * factor],
  };
}
