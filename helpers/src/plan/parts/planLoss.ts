import { mean } from "../../numerics/mean.ts";
import { percentileInterval } from "../../numerics/percentileInterval.ts";
import type { Planned, TrainingPlan } from "../TrainingPlan.ts";
import type { PlanContext } from "./PlanContext.ts";

/** Loss of a plan, where its run may end, and what not knowing the constants may cost. */
export function planLoss(context: PlanContext): Pick<TrainingPlan, "loss" | "lossPenalty" | "regret"> {
  const { question, law, loss, sources, chosen, drawn } = context;
  const { unit } = law.law.response;
  const from = sources.map((source) => source.from).join("; ");
  const { overTrain, inferenceTokens } = question;
  const notes = sources.flatMap((source) => source.notes);
  const interval = drawn && percentileInterval(drawn.losses);
  const regret =
    drawn && overTrain === undefined && inferenceTokens === undefined ? regretOf(context, unit) : undefined;
  const noise =
    loss.posterior && drawn
      ? ["the interval is for one more run on the law's own data and tokens, its noise included"]
      : [];
  return {
    loss: { value: chosen.loss, unit, from, ...(interval && { interval }), notes: [...notes, ...noise] },
    ...(regret && { regret }),
    ...(overTrain !== undefined && { lossPenalty: penaltyOf(context, unit, from) }),
  };
}

function penaltyOf({ chosen, drawn }: PlanContext, unit: string, from: string): Planned {
  const interval = drawn?.interval((choice) => choice.loss - choice.best.loss);
  return { value: chosen.loss - chosen.best.loss, unit, from, ...(interval && { interval }), notes: [] };
}

function regretOf({ drawn }: PlanContext, unit: string): Planned | undefined {
  const known = drawn!.regrets.filter((value) => !Number.isNaN(value));
  if (known.length < 2) return undefined;
  return {
    value: mean(known),
    unit,
    from: "mean over the draws of the loss above the best plan of each",
    interval: percentileInterval(known),
    notes: [],
  };
}
