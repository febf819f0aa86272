import { percentileInterval } from "../../numerics/percentileInterval.ts";
import { chiSquaredOverFreedom } from "../../numerics/random/chiSquaredOverFreedom.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { Posterior } from "../draws/Posterior.ts";
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
  /** By how much the plan's loss exceeds that of the best plan of the draw; NaN where the draw has none. */
  readonly regrets: Float64Array;
  /** Draws that have no best split. */
  readonly without: number;
  /** Whether laws that were never measured together make bounds of the loss. */
  readonly isBound: boolean;
  /** Least and largest loss of a run made as planned under each draw, with the noise of a run. */
  readonly #low: Float64Array;
  readonly #high: Float64Array;

  constructor(
    sources: readonly PlanSource[],
    surfacesOf: (constants: Constants) => PlanSurfaces,
    planned: Choice,
    options: ChoiceOptions & { readonly draws: number; readonly seed: number },
  ) {
    const { draws, seed } = options;
    const { logN, logD } = planned;
    this.constants = drawConstants(sources, draws, seed);
    const posterior = (sources.find(({ term }) => term === "loss") as LossSource | undefined)?.posterior;
    const choices: Choice[] = [];
    this.regrets = new Float64Array(draws).fill(Number.NaN);
    this.#low = new Float64Array(draws);
    this.#high = new Float64Array(draws);
    let isBound = false;
    for (const [k, constants] of this.constants.entries()) {
      const surfaces = surfacesOf(constants);
      const loss = surfaces.loss(logN, logD);
      const others = surfaces.alternatives.map((surface) => surface(logN, logD));
      isBound ||= others.length > 0;
      const noise = posterior ? runNoise(posterior, new Random(seed, streamOf("run", k))) : 0;
      const noisy = (value: number) => (posterior?.isRaw ? value + noise : value * Math.exp(noise));
      this.#low[k] = noisy(Math.min(loss, ...others));
      this.#high[k] = noisy(Math.max(loss, ...others));
      const choice = choosePlan(surfaces, options);
      if (!choice) continue;
      choices.push(choice);
      this.regrets[k] = Math.max(loss - choice.loss, 0);
    }
    this.choices = choices;
    this.without = draws - choices.length;
    this.isBound = isBound;
  }

  /** 95 % interval of what is made of each draw's choice. */
  interval(of: (choice: Choice) => number): readonly [number, number] | undefined {
    return this.choices.length < 2 ? undefined : percentileInterval(this.choices.map(of));
  }

  /** 95 % interval of the loss of a run made as planned: between bounds where there are some. */
  lossInterval(): readonly [number, number] {
    return [percentileInterval(this.#low)[0], percentileInterval(this.#high)[1]];
  }
}

/** A draw of how far one run lies about the law: of Student's t, since the noise is an estimate too. */
function runNoise({ noise, freedom }: Posterior, random: Random): number {
  const normal = random.normal();
  return (noise * normal) / Math.sqrt(chiSquaredOverFreedom(random, freedom));
}
