import type { GroupKey } from "../groups/splitRuns.ts";

/** How `fitMixed` groups runs and what varies among groups. */
export interface FitMixedOptions<P extends string = string, Run = Record<string, unknown>> {
  /** The field of a run that names its group, or a function of the run that does. */
  readonly group: GroupKey<Run>;
  /** Parameters that scatter from group to group around a common value. */
  readonly random: readonly P[];
  /** `REML` (default) allows for the parameters that were estimated; `ML` is for comparing laws. */
  readonly method?: "REML" | "ML";
  /** Whether the random parameters may go together across groups. Default: true, as in lme4 and nlme. */
  readonly correlated?: boolean;
  /** `log` (default): ln prediction - ln observation. `raw`: prediction - observation. */
  readonly residual?: "log" | "raw";
  /** Weight of each run, >= 0: its noise has variance sigma^2 / weight. */
  readonly weights?: readonly number[] | ((run: Run, row: number) => number);
  /** Parameters held at a value. */
  readonly fixed?: Partial<Record<P, number>>;
}

/** The names of all of them. */
export const mixedOptionNames = [
  "group",
  "random",
  "method",
  "correlated",
  "residual",
  "weights",
  "fixed",
] as const;
