import { mean } from "../../numerics/mean.ts";
import { percentileInterval } from "../../numerics/percentileInterval.ts";
import type { Choice } from "../model/choosePlan.ts";
import type { PlanDraws } from "../model/PlanDraws.ts";
import type { Planned, TrainingPlan } from "../TrainingPlan.ts";
import { rangeNotes } from "../terms/rangeNotes.ts";
import { sourceText } from "../terms/sourceText.ts";
import { openNote } from "./openNote.ts";
import type { PlanContext } from "./PlanContext.ts";

/** Measured by bench/laws/planHeldOut.js. */
const beyondNote =
  "that the law holds beyond its runs is not in the interval: fitted to 19 public sweeps up to a tenth of their compute, " +
  "chinchilla's held 50 of 66 losses measured above (76 %)";

/** Loss of a plan, where its run may end, and what not knowing the constants may cost. */
export function planLoss(context: PlanContext): Pick<TrainingPlan, "loss" | "lossPenalty" | "regret"> {
  const { question, law, loss, sources, settled, values, drawn } = context;
  const { unit } = law.law.response;
  const from = sourceText(sources);
  const { overTrain, inferenceTokens } = question;
  const interval = drawn?.lossInterval();
  const isBound = drawn?.isBound ?? false;
  const notes = [...openNote(context), ...sources.flatMap((source) => source.notes)];
  if (loss.posterior && drawn) {
    notes.push("the interval is for one more run on the law's own data and tokens, its noise included");
  }
  if (loss.posterior && rangeNotes([loss], values).length > 0) notes.push(beyondNote);
  if (isBound) {
    notes.push(boundNote(context));
  }
  const isBest = overTrain === undefined && inferenceTokens === undefined;
  const regret = drawn && isBest ? regretOf(drawn, unit) : undefined;
  return {
    loss: {
      value: settled.chosen.loss,
      unit,
      from,
      ...(interval && { interval }),
      ...(isBound && { isBound }),
      notes,
    },
    ...(regret && { regret }),
    ...(overTrain !== undefined && { lossPenalty: penaltyOf(context, unit, from) }),
  };
}

/** Between what the bounds of the loss lie. */
function boundNote({ sources, settled }: PlanContext): string {
  const together = `the interval lies between bounds, since ${sourceText(sources)} were never measured together`;
  return (settled.model.experts ?? 1) === 1
    ? `${together}: from sources that repeat as one to each for itself`
    : `${together}: from all their effects to no gain by experts`;
}

function penaltyOf({ settled, drawn }: PlanContext, unit: string, from: string): Planned {
  const above = (choice: Choice) => choice.loss - choice.best.loss;
  const interval = drawn?.interval(above);
  return { value: above(settled.chosen), unit, from, ...(interval && { interval }), notes: [] };
}

function regretOf(drawn: PlanDraws, unit: string): Planned | undefined {
  const known = drawn.regrets.filter((value) => !Number.isNaN(value));
  if (known.length < 2) return undefined;
  const [low, high] = percentileInterval(known);
  return {
    // Of few runs some draws are so wild that one of them would be the mean.
    value: mean(known.map((value) => Math.min(Math.max(value, low), high))),
    unit,
    from: "mean over the draws, the outermost 5 % at the interval's ends, of the loss above the best plan of each",
    interval: [low, high],
    notes: [],
  };
}
