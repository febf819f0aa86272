import { percentileInterval } from "../../numerics/percentileInterval.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { LossSource } from "../terms/lossSource.ts";
import type { PlanSource } from "../terms/PlanSource.ts";
import { type Choice, type ChoiceOptions, choosePlan } from "./choosePlan.ts";
import { drawConstants, streamOf } from "./drawConstants.ts";
import type { Constants, PlanSurfaces } from "./PlanModel.ts";

/** The plan under each draw of the constants, and what becomes of the plan made at their estimates. */
export class PlanDraws {
  readonly constants: readonly Constants[];
  /** What would be chosen under each draw; draws without a best split are left out. */
  readonly choices: readonly Choice[];
  /** Loss of a run made as planned, under each draw, with the noise of a run. */
  readonly losses: Float64Array;
  /** The same without the run's noise. */
  readonly expected: Float64Array;
  /** By how much the plan's loss exceeds that of the best plan of the draw. */
  readonly regrets: Float64Array;
  /** Draws that have no best split. */
  readonly without: number;

  constructor(
    sources: readonly PlanSource[],
    surfacesOf: (constants: Constants) => PlanSurfaces,
    planned: Choice,
    options: ChoiceOptions & { readonly draws: number; readonly seed: number },
  ) {
    const { draws, seed } = options;
    this.constants = drawConstants(sources, draws, seed);
    const posterior = (sources.find(({ term }) => term === "loss") as LossSource | undefined)?.posterior;
    const choices: Choice[] = [];
    this.losses = new Float64Array(draws);
    this.expected = new Float64Array(draws);
    this.regrets = new Float64Array(draws).fill(Number.NaN);
    for (const [k, constants] of this.constants.entries()) {
      const surfaces = surfacesOf(constants);
      const loss = surfaces.loss(planned.logN, planned.logD);
      const noise = (posterior?.noise ?? 0) * new Random(seed, streamOf("run", k)).normal();
      this.expected[k] = loss;
      this.losses[k] = posterior?.isRaw ? loss + noise : loss * Math.exp(noise);
      const choice = choosePlan(surfaces, options);
      if (!choice) continue;
      choices.push(choice);
      this.regrets[k] = Math.max(loss - choice.loss, 0);
    }
    this.choices = choices;
    this.without = draws - choices.length;
  }

  /** 95 % interval of what is made of each draw's choice. */
  interval(of: (choice: Choice) => number): readonly [number, number] | undefined {
    return this.choices.length < 2 ? undefined : percentileInterval(this.choices.map(of));
  }
}
