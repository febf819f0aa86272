import { Fit } from "../../fit/FitResult.ts";
import { extrapolationDistance } from "../../judgement/extrapolationDistance.ts";
import type { Choice } from "../model/choosePlan.ts";
import type { Planned, TrainingPlan } from "../TrainingPlan.ts";
import { rangeNotes } from "../terms/rangeNotes.ts";
import type { PlanContext } from "./PlanContext.ts";

type Allocation = Pick<TrainingPlan, "flops" | "nParams" | "nTokens" | "epochs" | "tokensPerParam">;

/** Compute, size and tokens of a plan. */
export function planAllocation(context: PlanContext): Allocation {
  const { question, budget, chosen, drawn } = context;
  const { uniqueTokens, inferenceTokens } = question;
  const { from, notes } = allocationSource(context);
  const planned = (unit: string, of: (choice: Choice) => number, own: readonly string[] = notes): Planned => {
    const interval = drawn?.interval(of);
    return { value: of(chosen), unit, from, ...(interval && { interval }), notes: own };
  };
  const epochs = (choice: Choice) => Math.exp(choice.logD) / uniqueTokens!;
  // Only serving moves the training compute off the budget.
  const flops = (choice: Choice) => 6 * Math.exp(choice.logN + choice.logD);
  return {
    flops: inferenceTokens === undefined ? budget.flops : planned("FLOPs", flops, budget.flops.notes),
    nParams: planned("parameters, embeddings included", ({ logN }) => Math.exp(logN)),
    nTokens: planned("tokens", ({ logD }) => Math.exp(logD)),
    ...(uniqueTokens !== undefined && {
      epochs: planned(`passes over ${uniqueTokens} unique tokens`, epochs, []),
    }),
    tokensPerParam: planned("tokens per parameter", ({ logN, logD }) => Math.exp(logD - logN), []),
  };
}

function allocationSource({ question, law, loss, sources, chosen, drawn }: PlanContext) {
  const { overTrain, inferenceTokens } = question;
  const laws = sources.map(({ from }) => from).join("; ");
  const how =
    overTrain !== undefined
      ? `${overTrain} times the optimal tokens per parameter of ${laws}`
      : inferenceTokens !== undefined
        ? `least compute over training and ${inferenceTokens} served tokens at the loss ${chosen.best.loss.toFixed(4)} of the budget's optimum (Sardana et al. 2024); ${laws}`
        : laws;
  const without = drawn?.without ?? 0;
  const open =
    without > 0
      ? [
          `in ${without} of ${drawn!.losses.length} draws of the constants more parameters or tokens always help; the interval is of the others`,
        ]
      : [];
  return { from: how, notes: [...reach({ question, law, loss, sources, chosen }), ...open] };
}

/** How far the plan lies beyond the runs of its laws. */
function reach({
  question,
  law,
  loss,
  sources,
  chosen,
}: Pick<PlanContext, "question" | "law" | "loss" | "sources" | "chosen">) {
  const values = {
    ...question.at,
    nParams: Math.exp(chosen.logN),
    nTokens: Math.exp(chosen.logD),
    flops: 6 * Math.exp(chosen.logN + chosen.logD),
    tokenMultiplier: Math.exp(chosen.logD - chosen.logN),
    tokensPerParam: Math.exp(chosen.logD - chosen.logN),
    uniqueTokens: question.uniqueTokens,
    ...(question.uniqueTokens !== undefined && { epochs: Math.exp(chosen.logD) / question.uniqueTokens }),
  };
  const others = rangeNotes(
    sources.filter((source) => source !== loss),
    values,
  );
  if (law instanceof Fit) {
    const { inside, note } = extrapolationDistance(law, values as never);
    return inside ? others : [note, ...others];
  }
  if (Object.keys(loss.fitted).length === 0)
    return ["the range of the runs behind this law is not known here", ...others];
  return [...rangeNotes([loss], values), ...others];
}
