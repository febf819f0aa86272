import { Fit } from "../../fit/FitResult.ts";
import type { PlanContext } from "./PlanContext.ts";

/** What intervals lack where the law of the loss has no draws of its constants. */
export function openNote({ law, loss, sources, drawn }: PlanContext): string[] {
  if (loss.posterior) return [];
  const why =
    law instanceof Fit
      ? `the fit of ${law.n} runs leaves nothing to tell its uncertainty by`
      : "the constants of this law come without a covariance";
  if (!drawn) return [`no interval: ${why}`];
  const others = sources.filter((source) => source !== loss).map(({ term }) => term);
  return [`the interval is of the law of ${others.join(" and ")} alone, and too narrow: for the loss ${why}`];
}
