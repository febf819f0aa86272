import { Fit } from "../../fit/FitResult.ts";
import type { FittedLaw } from "../../laws/definition/Law.ts";
import { parameterArray } from "../../laws/definition/predict.ts";
import { posteriorOf } from "../draws/drawLaws.ts";
import { fittedRanges } from "../draws/fitPosterior.ts";
import type { Posterior } from "../draws/Posterior.ts";
import type { PlanSource } from "./PlanSource.ts";

/** The law of the loss, and how far runs lie about it. */
export interface LossSource extends PlanSource {
  readonly posterior?: Posterior;
}

/** The law of the loss that a plan was given: a fit or a public fit with draws, published constants without. */
export function lossSource(law: FittedLaw): LossSource {
  const posterior = posteriorOf(law);
  return {
    term: "loss",
    law: law.law.tex,
    from: sourceOf(law),
    ...(law instanceof Fit && { runs: law.n }),
    ...(posterior && { runs: posterior.n, draw: (random) => posterior.draw(random), posterior }),
    fitted: posterior?.fitted ?? (law instanceof Fit ? fittedRanges(law) : {}),
    names: law.law.parameters.map(({ name }) => name),
    at: parameterArray(law.law, law.parameters),
    notes: [],
  };
}

function sourceOf(law: FittedLaw): string {
  if ("source" in law && typeof law.source === "string") return law.source;
  return law instanceof Fit ? `${law.law.name} fitted to ${law.n} runs` : law.law.name;
}
