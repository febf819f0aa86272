import { Fit } from "../../fit/FitResult.ts";
import { formatCount } from "../../format/formatCount.ts";
import { formatFlops } from "../../format/formatFlops.ts";
import { formatNumber } from "../../format/formatNumber.ts";
import { extrapolationDistance } from "../../judgement/extrapolationDistance.ts";
import type { FittedLaw } from "../../laws/definition/Law.ts";
import type { Choice } from "../model/choosePlan.ts";
import { totalPerActive } from "../model/totalParams.ts";
import { chinchillaFigure4Fit } from "../publicFits/chinchillaFigure4Fit.ts";
import type { Planned, TrainingPlan } from "../TrainingPlan.ts";
import { expertCandidates } from "../TrainingQuestion.ts";
import { rangeNotes } from "../terms/rangeNotes.ts";
import { sourceText } from "../terms/sourceText.ts";
import { openNote } from "./openNote.ts";
import type { PlanContext } from "./PlanContext.ts";

type Allocation = Pick<
  TrainingPlan,
  "flops" | "nParams" | "nParamsTotal" | "experts" | "nTokens" | "epochs" | "tokensPerParam"
>;

/** Compute, size, experts and tokens of a plan. */
export function planAllocation(context: PlanContext): Allocation {
  const { question, budget, settled, drawn } = context;
  const { chosen, model } = settled;
  const { uniqueTokens, inferenceTokens } = question;
  const { from, notes } = allocationSource(context);
  const planned = (unit: string, of: (choice: Choice) => number, own: readonly string[] = notes): Planned => {
    const interval = drawn?.interval(of);
    return { value: of(chosen), unit, from, ...(interval && { interval }), notes: own };
  };
  const experts = model.experts ?? model.given.experts;
  // Only serving moves the training compute off the budget.
  const flops = (choice: Choice) => 6 * Math.exp(choice.logN + choice.logD);
  const size = (choice: Choice) => Math.exp(choice.logN);
  return {
    flops:
      inferenceTokens === undefined
        ? budget.flops
        : planned("FLOPs", flops, [...budget.flops.notes, ...budgetNote(context)]),
    nParams: planned(
      `parameters${experts === undefined ? "" : " a token sees"}, ${counting(context)}`,
      size,
      [...notes, ...memoryNote(context)],
    ),
    ...(experts !== undefined && {
      nParamsTotal: planned(
        "parameters in memory, experts in every other layer",
        (choice) => size(choice) * totalPerActive(experts),
        [],
      ),
      experts: {
        value: experts,
        unit: "experts of a routed layer",
        from:
          typeof question.experts === "number"
            ? "given"
            : `least loss of ${expertCandidates(question).join(", ")}`,
        notes: passedOverNote(context),
      },
    }),
    nTokens: planned("tokens", ({ logD }) => Math.exp(logD)),
    ...(uniqueTokens !== undefined && {
      epochs: planned(
        `passes over ${formatCount(uniqueTokens)} unique tokens`,
        ({ logD }) => Math.exp(logD) / uniqueTokens,
        [],
      ),
    }),
    tokensPerParam: planned("tokens per parameter", ({ logN, logD }) => Math.exp(logD - logN), []),
  };
}

/** What the size counts: of another law than the default only its maker knows. */
function counting({ law }: PlanContext): string {
  return law === (chinchillaFigure4Fit as FittedLaw)
    ? "embeddings included"
    : "counted as in the runs of the law";
}

/** A model for much serving is trained for longer than its budget. */
function budgetNote({ budget, settled }: PlanContext): string[] {
  const { logN, logD } = settled.chosen;
  const factor = (6 * Math.exp(logN + logD)) / budget.flops.value;
  if (Math.abs(factor - 1) < 5e-4) return [];
  return [
    `${formatNumber(factor)} times the budget of ${formatFlops(budget.flops.value)}, to the loss that the budget buys without serving: ` +
      (factor > 1
        ? "the smaller model saves more in serving than it costs in training"
        : "the rest of the budget would repeat tokens that teach next to nothing"),
  ];
}

function passedOverNote({ passedOver }: PlanContext): string[] {
  if (passedOver.length === 0) return [];
  return [
    `${passedOver.join(" and ")} would promise less loss, but more than ten times beyond the runs of laws that were never measured together: beyondData (--beyond-data) takes them too`,
  ];
}

function memoryNote({ question, settled }: PlanContext): string[] {
  const { logMostParams } = settled.options;
  if (logMostParams === undefined || settled.chosen.best.logN < logMostParams - 1e-9) return [];
  return [
    `the memory of ${formatNumber(question.memoryBytes!)} bytes ends it: a larger model would reach less loss`,
  ];
}

function allocationSource(context: PlanContext) {
  const { question, sources, settled, drawn } = context;
  const { overTrain, inferenceTokens } = question;
  const laws = sourceText(sources);
  const how =
    overTrain !== undefined
      ? `${overTrain} times the optimal tokens per parameter of ${laws}`
      : inferenceTokens !== undefined
        ? `least compute over training and ${inferenceTokens} served tokens at the loss ${settled.chosen.best.loss.toFixed(4)} of the budget's optimum (Sardana et al. 2024); ${laws}`
        : laws;
  const without = drawn?.without ?? 0;
  const open =
    without > 0
      ? [
          `in ${without} of ${drawn!.constants.length} draws of the constants more parameters or tokens always help; the interval is of the others`,
        ]
      : [];
  return { from: how, notes: [...reach(context), ...(drawn ? openNote(context) : []), ...open] };
}

/** How far the plan lies beyond the runs of its laws. */
function reach({ law, loss, sources, values }: PlanContext): string[] {
  const others = rangeNotes(
    sources.filter((source) => source !== loss),
    values,
  );
  if (law instanceof Fit) {
    const { inside, note } = extrapolationDistance(law, values as never);
    return inside ? others : [note, ...others];
  }
  if (Object.keys(loss.fitted).length === 0) {
    return ["the range of the runs behind this law is not known here", ...others];
  }
  return [...rangeNotes([loss], values), ...others];
}
