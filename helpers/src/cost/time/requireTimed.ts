import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import type { TimedAccelerator } from "./TimedAccelerator.ts";

const sheet = "give a data sheet, such as one of accelerators";

/** Refuses an accelerator that has no name, or rates that are not > 0. */
export function requireTimedAccelerator(accelerator: TimedAccelerator): void {
  const { name, memoryBytesPerS, peaks, nodeLink, network, perNode, perDomain } = accelerator ?? {};
  if (typeof name !== "string" || name.trim() === "") {
    throw refusal("accelerator.name", "must be a text", describeGiven(name), sheet);
  }
  requirePositive(`memoryBytesPerS of ${name}`, memoryBytesPerS, "give bytes per second, such as 3.35e12");
  if (typeof peaks !== "object" || peaks === null) {
    throw refusal(`peaks of ${name}`, "must be rates by format", describeGiven(peaks), sheet);
  }
  for (const [format, rate] of Object.entries(peaks)) {
    if (rate !== undefined)
      requirePositive(`peaks.${format} of ${name}`, rate, "give FLOP/s, such as 989e12");
  }
  for (const [what, link] of Object.entries({ nodeLink, network })) {
    if (link === undefined) continue;
    requirePositive(`${what}.bytesPerSEachWay of ${name}`, link?.bytesPerSEachWay, "or leave the link out");
  }
  for (const [what, count] of Object.entries({ perNode, perDomain })) {
    if (count !== undefined) requireWhole(`${what} of ${name}`, count, 1, "give a count of accelerators");
  }
}

/** Refuses names that are no text, switches that are neither true nor false, and a calibration without runs. */
export function requireTimedStep(step: {
  readonly stack?: unknown;
  readonly modelName?: unknown;
  readonly frozen?: unknown;
  readonly withPrediction?: unknown;
  readonly stated?: unknown;
  readonly calibration?: { readonly runs: unknown };
}): void {
  for (const what of ["stack", "modelName"] as const) {
    const value = step[what];
    if (value !== undefined && typeof value !== "string") {
      throw refusal(what, "must be a text", describeGiven(value), "or leave it out");
    }
  }
  for (const what of ["frozen", "withPrediction", "stated"] as const) {
    const value = step[what];
    if (value !== undefined && typeof value !== "boolean") {
      throw refusal(what, "must be true or false", describeGiven(value), "or leave it out");
    }
  }
  const { calibration } = step;
  if (calibration !== undefined && !Array.isArray(calibration?.runs)) {
    throw refusal(
      "calibration",
      "must be what calibrateTime returns",
      describeGiven(calibration),
      "leave it out for that of published runs",
    );
  }
}
