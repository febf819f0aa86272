import { chinchilla } from "./chinchilla/chinchilla.ts";
import { chinchillaEqualExponents } from "./chinchilla/chinchillaEqualExponents.ts";
import { chinchillaInteraction } from "./chinchilla/chinchillaInteraction.ts";
import { overTraining } from "./chinchilla/overTraining.ts";
import type { Law, LawSpecification } from "./definition/Law.ts";
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

const factories: Readonly<Record<string, (...args: never[]) => Law>> = {
  brokenPowerLaw: brokenPowerLaw as (...args: never[]) => Law,
  chinchilla: () => chinchilla,
  chinchillaEqualExponents: () => chinchillaEqualExponents,
  chinchillaInteraction: () => chinchillaInteraction,
  downstreamError: () => downstreamError,
  exponentiatedPowerLaw,
  kaplanParamsSteps: () => kaplanParamsSteps,
  kaplanParamsTokens: () => kaplanParamsTokens,
  multiplicativePowerLaw,
  overTraining: () => overTraining,
  powerLaw,
  saturatingLogistic,
  separablePowerLaw,
  vocabularyLoss: () => vocabularyLoss,
};

/** One of each built-in law, families with their usual variables: what `isoflop laws` lists. */
export const builtInLaws: readonly Law[] = [
  chinchilla,
  chinchillaEqualExponents,
  chinchillaInteraction,
  powerLaw("flops"),
  kaplanParamsTokens,
  kaplanParamsSteps,
  overTraining,
  downstreamError,
  brokenPowerLaw("flops", 1),
  brokenPowerLaw("flops", 2),
  saturatingLogistic("flops"),
  separablePowerLaw(["nParams", "nTokens"]),
  multiplicativePowerLaw(["nParams", "nTokens"]),
  exponentiatedPowerLaw(),
  vocabularyLoss,
];

/**
 * The built-in law that a specification (`law.specification`, from JSON or another thread) stands for.
 *
 * @throws RangeError when no built-in law has that kind.
 *
 * @example
 * ```ts
 * import { lawFromSpecification } from "isoflop";
 * lawFromSpecification({ kind: "powerLaw", arguments: ["flops"] }).name; // => "powerLaw(flops)"
 * ```
 */
export function lawFromSpecification({ kind, arguments: values }: LawSpecification): Law {
  const factory = factories[kind];
  if (!factory) {
    throw new RangeError(`no built-in law is called ${kind}; there are ${Object.keys(factories).join(", ")}`);
  }
  return factory(...(values as never[]));
}
