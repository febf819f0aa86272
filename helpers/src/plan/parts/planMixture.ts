import { formatNumber } from "../../format/formatNumber.ts";
import { ownNumber } from "../../numerics/arguments/ownNumber.ts";
import { mixtureIntervals } from "../../training/mixtures/mixtureIntervals.ts";
import { mixtureOptions } from "../mixture/mixtureAt.ts";
import type { Planned, TrainingPlan } from "../TrainingPlan.ts";
import type { PlanContext } from "./PlanContext.ts";

/** The shares of a plan's mixture and the loss that they are for, where it has one. */
export function planMixture({
  question,
  settled: plan,
}: PlanContext): Pick<TrainingPlan, "shares" | "mixtureLoss"> {
  const { chosen, mixture: settled } = plan;
  const { mixture } = question;
  if (!mixture || !settled) return {};
  const run = { nParams: Math.exp(chosen.logN), nTokens: Math.exp(chosen.logD) };
  const { draws, response } = mixture;
  const intervals = draws && response ? mixtureIntervals(draws, mixtureOptions(mixture, run)) : undefined;
  const from = response ? "least loss of the mixture's response within the supply" : "given";
  const share = (name: string, value: number): Planned => {
    const supply = ownNumber(mixture.supply, name);
    const epochs = supply === undefined ? 0 : (value * run.nTokens) / supply;
    const bound = settled.atBound.includes(name) && value > 0 ? ", where its limit holds it" : "";
    const often = intervals?.atBound[name];
    const notes = [
      ...(epochs > 1 ? [`${name} is seen ${formatNumber(epochs, 3)} times${bound}`] : []),
      ...(often !== undefined && often > 0.5 && often < 1
        ? [`${name} is at a limit in ${Math.round(100 * often)} % of the draws`]
        : []),
    ];
    return {
      value,
      unit: "of the training tokens",
      from,
      ...(intervals && { interval: intervals.shares[name]! }),
      notes,
    };
  };
  return {
    shares: Object.fromEntries(
      Object.entries(settled.shares).map(([name, value]) => [name, share(name, value)]),
    ),
    ...(settled.value !== undefined && {
      mixtureLoss: {
        value: settled.value,
        unit: "weighted mean of the response's losses",
        from,
        ...(intervals && { interval: intervals.value }),
        notes: [
          "on the response's own runs: it is not added to the loss above, which knows no mixture",
          ...(intervals
            ? []
            : [
                "no interval of the shares and of this loss: the response came without draws of its constants",
              ]),
        ],
      },
    }),
  };
}
