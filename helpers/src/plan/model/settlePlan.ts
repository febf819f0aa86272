import { mixtureAt, type SettledMixture } from "../mixture/mixtureAt.ts";
import type { PlanMixture } from "../mixture/PlanMixture.ts";
import { type Choice, type ChoiceOptions, choosePlan } from "./choosePlan.ts";
import { type Constants, type PlanModel, type PlanSurfaces, planSurfaces } from "./PlanModel.ts";
import { logFirstRepeat, type TokenSource } from "./repetition.ts";

/** Where a plan's tokens come from. */
interface TokenQuestion {
  readonly uniqueTokens?: number | undefined;
  readonly mixture?: PlanMixture | undefined;
}

/** A plan at the estimates of the constants, with its mixture, and what makes the same choice under other constants. */
export interface SettledPlan {
  readonly model: PlanModel;
  readonly chosen: Choice;
  readonly mixture?: SettledMixture | undefined;
  readonly surfacesOf: (constants: Constants) => PlanSurfaces;
  readonly options: ChoiceOptions;
}

/**
 * Size, tokens and mixture for a budget. The best shares depend on how long the supply must last, and what tokens are worth on
 * the shares: each is chosen for the other until they rest.
 *
 * @returns undefined where the law has no best split
 */
export function settlePlan(
  model: Omit<PlanModel, "tokenSources">,
  constants: Constants,
  limits: Omit<ChoiceOptions, "logFirstRepeat">,
  { uniqueTokens, mixture }: TokenQuestion,
): SettledPlan | undefined {
  const choiceWith = (tokenSources: readonly TokenSource[] | undefined) => {
    const whole = { ...model, ...(tokenSources && { tokenSources }) };
    const surfacesOf = planSurfaces(whole);
    const options = { ...limits, ...(tokenSources && { logFirstRepeat: logFirstRepeat(tokenSources) }) };
    const chosen = choosePlan(surfacesOf(constants), options);
    return chosen && { model: whole, chosen, surfacesOf, options };
  };
  if (!mixture)
    return choiceWith(uniqueTokens === undefined ? undefined : [{ share: 1, unique: uniqueTokens }]);
  let settled = choiceWith(undefined);
  for (let k = 0; k < 8 && settled; k++) {
    const { logN, logD } = settled.chosen;
    const found = mixtureAt(mixture, { nParams: Math.exp(logN), nTokens: Math.exp(logD) });
    settled = choiceWith(found.tokenSources);
    if (!mixture.response || (settled && Math.abs(settled.chosen.logD - logD) < 1e-4)) break;
  }
  if (!settled) return undefined;
  // The shares are those of the very run that is planned.
  const { logN, logD } = settled.chosen;
  return { ...settled, mixture: mixtureAt(mixture, { nParams: Math.exp(logN), nTokens: Math.exp(logD) }) };
}
