import { chinchilla } from "./chinchilla/chinchilla.ts";
import { chinchillaEqualExponents } from "./chinchilla/chinchillaEqualExponents.ts";
import { chinchillaInteraction } from "./chinchilla/chinchillaInteraction.ts";
import { overTraining } from "./chinchilla/overTraining.ts";
import type { Law } from "./definition/Law.ts";
import { downstreamError } from "./downstream/downstreamError.ts";
import { saturatingLogistic } from "./downstream/saturatingLogistic.ts";
import { kaplanParamsSteps } from "./kaplan/kaplanParamsSteps.ts";
import { kaplanParamsTokens } from "./kaplan/kaplanParamsTokens.ts";
import { brokenPowerLaw } from "./power/brokenPowerLaw.ts";
import { exponentiatedPowerLaw } from "./power/exponentiatedPowerLaw.ts";
import { multiplicativePowerLaw } from "./power/multiplicativePowerLaw.ts";
import { powerLaw } from "./power/powerLaw.ts";
import { separablePowerLaw } from "./power/separablePowerLaw.ts";
import { vocabularyLoss } from "./vocabulary/vocabularyLoss.ts";

/** Laws that one function makes, told apart by its arguments. */
interface Family {
  /** The member for these arguments, which may come from JSON. */
  readonly build: (values: readonly unknown[]) => Law;
  readonly usual: readonly Law[];
}

/** A family with the arguments of its usual members, one list a member. */
function family<A extends readonly unknown[]>(build: (...values: A) => Law, ...usual: A[]): Family {
  return {
    build: (values) => build(...(values as unknown as A)),
    usual: usual.map((values) => build(...values)),
  };
}

// The one place where a law is entered: as it is, or as a family with its usual variables.
const entries: readonly (Law | Family)[] = [
  chinchilla,
  chinchillaEqualExponents,
  chinchillaInteraction,
  family(powerLaw, ["flops"]),
  kaplanParamsTokens,
  kaplanParamsSteps,
  overTraining,
  downstreamError,
  family(brokenPowerLaw as (variable: string, breaks: 1 | 2) => Law, ["flops", 1], ["flops", 2]),
  family(saturatingLogistic, ["flops"]),
  family(separablePowerLaw, [["nParams", "nTokens"]]),
  family(multiplicativePowerLaw, [["nParams", "nTokens"]]),
  family(exponentiatedPowerLaw, []),
  vocabularyLoss,
];

const usualOf = (entry: Law | Family) => ("usual" in entry ? entry.usual : [entry]);

/** One of each built-in law, families with their usual variables: what `isoflop laws` lists. */
export const builtInLaws: readonly Law[] = entries.flatMap(usualOf);

/** What makes a law again from its specification, by the specification's kind. */
export const lawFactories: ReadonlyMap<string, Family["build"]> = new Map(
  entries.map((entry) => {
    const [law] = usualOf(entry) as [Law, ...Law[]];
    if (!law.specification) {
      throw new Error(
        `${law.name} has no specification, by which JSON and threads find it; give it { kind, arguments }`,
      );
    }
    return [law.specification.kind, "usual" in entry ? entry.build : () => entry];
  }),
);
