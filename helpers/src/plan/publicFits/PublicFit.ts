import type { Law } from "../../laws/definition/Law.ts";
import { type PublishedLaw, withParameters } from "../../laws/definition/withParameters.ts";
import { gaussianDraws } from "../draws/gaussianDraws.ts";
import type { Posterior } from "../draws/Posterior.ts";

/** isoflop's own fit of a law to runs that anybody can have, kept as its estimates and their covariance. */
export interface PublicFit<V extends string = string, P extends string = string, R extends string = string>
  extends PublishedLaw<V, P, R> {
  readonly posterior: Posterior;
}

/** A fit of public runs as `scripts/public-fits.js` writes it. */
export interface PublicFitRecord<P extends string> {
  readonly source: string;
  readonly n: number;
  readonly freedom: number;
  readonly noise: number;
  readonly isRaw: boolean;
  readonly fitted: Posterior["fitted"];
  readonly parameters: Readonly<Record<P, number>>;
  /** Covariance (HC3) of the parameters, row by row; of the logarithms of those with a `log` scale. */
  readonly covariance: readonly (readonly number[])[];
}

/** A law with the constants and the covariance of a record. */
export function publicFit<V extends string, P extends string, R extends string>(
  law: Law<V, P, R>,
  record: PublicFitRecord<P>,
): PublicFit<V, P, R> {
  const { parameters, source, freedom, noise, isRaw, n, fitted } = record;
  const isLog = law.parameters.map(({ scale }) => scale === "log");
  const inside = (edge: 0 | 1) =>
    law.parameters.map(({ domain }, j) => (isLog[j] ? Math.log(domain[edge]) : domain[edge]));
  const draws = gaussianDraws({
    centre: law.parameters.map(({ name }, j) => (isLog[j] ? Math.log(parameters[name]) : parameters[name])),
    covariance: Float64Array.from(record.covariance.flat()),
    freedom,
    lower: inside(0),
    upper: inside(1),
  });
  if (!draws) throw new RangeError(`the covariance of ${source} is none; write it again`);
  const posterior: Posterior = {
    draw: (random) => draws(random).map((z, j) => (isLog[j] ? Math.exp(z) : z)),
    noise,
    freedom,
    isRaw,
    n,
    fitted,
  };
  return Object.freeze({ ...withParameters(law, parameters, source), posterior });
}
