import type { FitStatus } from "../objective/FitOptions.ts";

/** How a mixed fit was made. */
export interface MixedSettings {
  readonly method: "REML" | "ML";
  readonly correlated: boolean;
  readonly residual: "log" | "raw";
  readonly random: readonly string[];
}

/** A mixed fit as plain data, see `MixedFit.toJSON`. */
export interface MixedFitRecord extends MixedSettings {
  readonly format: "isoflop-mixed-fit";
  readonly law: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly standardErrors: Readonly<Record<string, number | string>>;
  readonly freedom: Readonly<Record<string, number | string>>;
  readonly spread: Readonly<Record<string, number | string>>;
  readonly sigma: number | string;
  readonly logLikelihood: number | string;
  readonly groups: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  readonly status: FitStatus;
  readonly reason: string;
}
