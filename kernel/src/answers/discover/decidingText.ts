import { type DecidingRun, formatNumber } from "isoflop";
import type { KnownCost } from "./runCost.ts";
import { settingText } from "./settingText.ts";

/** The run that would tell the laws of a set apart, in words. */
export function decidingText(deciding: DecidingRun | undefined, cost: KnownCost | undefined): string[] {
  if (deciding === undefined) return ["The rows decide: one law is left."];
  const { run, disagreement, isEnough } = deciding;
  const price =
    cost && deciding.cost !== undefined
      ? `, for ${formatNumber(deciding.cost, 2)} ${cost.unit} (${cost.formula})`
      : "";
  const apart = `${formatNumber(disagreement, 2)} standard deviations of a run`;
  return [
    `${settingText(run)}${price}: there the two laws furthest apart differ by ${apart}.`,
    isEnough
      ? cost
        ? "It is the cheapest run at which two of them are 3 standard deviations apart, up to 10 times the dearest row."
        : "It is the run at which they are furthest apart, up to 10 times the rows in each scale; nothing says what runs cost."
      : "That is not enough for one run to decide: 3 would be, and no run up to 10 times the rows shows as much. isoflop design chooses several.",
  ];
}
