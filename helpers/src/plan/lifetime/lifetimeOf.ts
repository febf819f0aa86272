import { type LossLaw, lifetimeOptimum } from "../../inference/lifetime/lifetimeOptimum.ts";
import { type ServedPlan, servedOptimum, servedPlan } from "../../inference/lifetime/servedOptimum.ts";
import { lossAt, optimalParams, paramsForLoss } from "./lossPlans.ts";
import type { ServingCostCurve } from "./servingCostCurve.ts";

/** Everything that one draw settles. */
export interface LifetimeInputs {
  readonly law: LossLaw;
  /** FLOPs an accelerator hour, and dollars for one. */
  readonly flopsPerHour: number;
  readonly trainingPrice: number;
  readonly servingPrice: number;
  /** Normal deviations of the serving speed. */
  readonly z: number;
}

/** What is asked in every draw. */
export interface LifetimeAsked {
  readonly flops?: number | undefined;
  readonly usd?: number | undefined;
  readonly loss?: number | undefined;
  readonly outputTokens: number;
  readonly curve: ServingCostCurve;
}

/** Loss, and the compute-optimal model that reaches it, with its dollars. */
export interface OptimalLife {
  readonly loss: number;
  readonly plan: ServedPlan;
}

/** The compute-optimal model of a draw; undefined where no model reaches the loss. */
export function optimalLife(inputs: LifetimeInputs, asked: LifetimeAsked): OptimalLife | undefined {
  const { law } = inputs;
  const flops = asked.flops ?? (asked.usd && (asked.usd / inputs.trainingPrice) * inputs.flopsPerHour);
  const nParams = flops === undefined ? paramsForLoss(law, asked.loss!) : optimalParams(law, flops);
  const loss = flops === undefined ? asked.loss! : lossAt(law, nParams, flops / 6 / nParams);
  if (!(nParams > 0 && Number.isFinite(nParams) && loss > law.E)) return undefined;
  return { loss, plan: servedPlan(law, { ...goalOf(inputs, asked, loss), nParams }) };
}

/** The models of least dollars, and of least FLOPs where a served token costs 2 N. */
export function bestLife(
  inputs: LifetimeInputs,
  asked: LifetimeAsked,
  loss: number,
): { readonly plan: ServedPlan; readonly by2N: number } {
  const nTokens = asked.outputTokens * (asked.curve.computedPerOutput ?? 1);
  return {
    plan: servedOptimum(inputs.law, goalOf(inputs, asked, loss)),
    by2N: lifetimeOptimum(inputs.law, { loss, inference: [{ nTokens }] }).nParams,
  };
}

function goalOf(
  { flopsPerHour, trainingPrice, servingPrice, z }: LifetimeInputs,
  asked: LifetimeAsked,
  loss: number,
) {
  return {
    loss,
    servedTokens: asked.outputTokens,
    costPerToken: (nParams: number) => (asked.curve.deviceSecondsAt(nParams, z) * servingPrice) / 3600,
    costPerFlop: trainingPrice / flopsPerHour,
  };
}
