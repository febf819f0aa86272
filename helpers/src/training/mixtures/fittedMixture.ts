import type { GroupFit } from "../../fit/groups/GroupFit.ts";
import type { FittedLaw, Law } from "../../laws/definition/Law.ts";
import { parameterArray } from "../../laws/definition/predict.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { ownNumber } from "../../numerics/arguments/ownNumber.ts";
import { requireNames } from "../../numerics/arguments/requireNames.ts";
import type { MixtureResponse } from "./MixtureResponse.ts";

/** A fitted law of one loss, one a target, or a joint fit of several (of `fitResponses`). */
export type FittedMixture = FittedLaw | GroupFit | Readonly<Record<string, FittedLaw>>;

/**
 * The response that `optimalMixture` takes, from fitted laws whose variables are shares: any law of this package, of
 * `defineLaw` or of your own, one a target.
 *
 * @param sources the variables that are shares of the training data, in the order that results have
 * @param fitted a fitted law; a joint fit; or one fitted law by target. Other variables than the sources are taken from the
 *   run: `nParams` and `nTokens`
 * @throws RangeError when a law has no variable of a source's name, or the run lacks what a law reads
 *
 * @example
 * import { fittedMixture, multiplicativePowerLaw, optimalMixture, withParameters } from "isoflop";
 * const law = withParameters(multiplicativePowerLaw(["web", "code"]), { E: 1, A: 1, alpha_web: 0.2, alpha_code: 0.1 });
 * optimalMixture(fittedMixture(["web", "code"], law)).shares.web; // => 0.6667
 */
export function fittedMixture<Source extends string>(
  sources: readonly Source[],
  fitted: FittedMixture,
): MixtureResponse<Source> {
  const laws = fitted && typeof fitted === "object" ? lawsOf(fitted) : [];
  const wrong = laws.find(({ law }) => typeof law?.evaluate !== "function");
  if (laws.length === 0 || wrong) {
    throw new TypeError(
      `fittedMixture needs a fitted law, one by target or a joint fit, got ${wrong ? `no law for ${wrong.target}` : describeGiven(fitted)}; such as fit(exponentialMixture(sources), runs)`,
    );
  }
  requireNames("sources", sources, 1, 'such as ["web", "code"]');
  const readers = laws.map(({ law, parameters }) => reader(sources, law, parameters));
  const values = new Float64Array(laws.length);
  return {
    sources,
    targets: laws.map(({ target }) => target),
    losses(shares, run) {
      for (let t = 0; t < readers.length; t++) values[t] = readers[t]!(shares, run as Record<string, number>);
      return values;
    },
  };
}

interface OneLaw {
  readonly target: string;
  readonly law: Law;
  readonly parameters: Readonly<Record<string, number>>;
}

function lawsOf(fitted: FittedMixture): OneLaw[] {
  if (isJoint(fitted)) {
    return fitted.groups.map((target) => ({
      target,
      law: fitted.law,
      parameters: fitted.parameters(target),
    }));
  }
  if (isFitted(fitted)) {
    return [{ target: fitted.law.response.name, law: fitted.law, parameters: fitted.parameters }];
  }
  return Object.entries(fitted).map(([target, own]) => ({
    target,
    law: own?.law,
    parameters: own?.parameters,
  }));
}

const isJoint = (fitted: FittedMixture): fitted is GroupFit =>
  typeof (fitted as GroupFit).parameters === "function";
const isFitted = (fitted: FittedMixture): fitted is FittedLaw =>
  typeof (fitted as FittedLaw).law?.evaluate === "function";

/** A law as a function of shares and run, with its columns made once. */
function reader(sources: readonly string[], law: Law, parameters: Readonly<Record<string, number>>) {
  const names = law.variables.map(({ name }) => name);
  const missing = sources.filter((source) => !names.includes(source));
  if (missing.length > 0) {
    throw new RangeError(
      `${law.name} does not read ${missing.join(", ")}; it reads ${names.join(", ")}: name its shares as sources`,
    );
  }
  const theta = parameterArray(law, parameters);
  const columns = law.variables.map(() => new Float64Array(1));
  const value = new Float64Array(1);
  const jacobian = new Float64Array(law.parameters.length);
  const places = law.variables.map(({ name, domain }, v) => ({
    name,
    column: columns[v]!,
    source: sources.indexOf(name),
    positive: domain === "positive",
  }));
  return (shares: Readonly<Float64Array>, run: Readonly<Record<string, number>>) => {
    for (const { name, column, source, positive } of places) {
      const given = source < 0 ? ownNumber(run, name) : shares[source];
      if (given === undefined) {
        throw new RangeError(`${law.name} reads ${name}, got none; give optimalMixture ${name}`);
      }
      column[0] = positive ? Math.log(given) : given;
    }
    law.evaluate(theta, columns, 1, value, jacobian);
    return value[0]!;
  };
}
