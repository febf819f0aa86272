import {
  type Bootstrap,
  computeOptimal,
  dataNotes,
  extrapolationDistance,
  type Fit,
  type FitOptions,
  fit,
  type HoldOut,
  holdOut,
  type InformationCriteria,
  informationCriteria,
  kFold,
  type Law,
  leaveOneOut,
  type OptimumIntervals,
  optimumIntervals,
  residualDiagnostics,
} from "isoflop";
import type { LoadedRun, LoadedRuns } from "../../tables/loadRuns.ts";
import type { Condition } from "./Condition.ts";
import { thin } from "./thin.ts";

export interface AnalyseOptions {
  readonly fit: FitOptions;
  readonly resamples: number;
  readonly seed: number;
  readonly level: number;
  readonly condition?: Condition;
  /** Compute budget to plan for, FLOPs. */
  readonly planFlops?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The optimum at a budget, with intervals where there was a bootstrap. */
export interface Plan {
  readonly flops: number;
  readonly nParams: number;
  readonly nTokens: number;
  readonly tokensPerParam: number;
  readonly loss: number;
  readonly intervals: OptimumIntervals | null;
  readonly note: string;
}

/** All that `isoflop fit` has to say about a law and a file of runs. */
export interface Analysis {
  readonly law: Law;
  readonly fit: Fit;
  readonly runs: readonly LoadedRun[];
  readonly bootstrap: Bootstrap | null;
  readonly level: number;
  readonly criteria: InformationCriteria;
  /** Error of predicting runs not in the fit, root mean square; null where too few runs are left. */
  readonly crossValidation: {
    readonly error: number;
    readonly inSample: number;
    readonly kind: string;
  } | null;
  readonly holdOut: (HoldOut<string, string, string, LoadedRun> & { readonly condition: string }) | null;
  readonly plan: Plan | null;
  readonly notes: readonly string[];
}

// Each leave-one-out fit reads every row again: beyond this ten folds say the same in a moment.
const rowsForLeaveOneOut = 1000;
// And beyond this even ten folds take longer than the fit is worth waiting for: so many rows hardly adapt to.
const rowsForFolds = 50_000;
// A sample of this size shows a sweep's shape.
const rowsForNotes = 20_000;

/** Fits the law and asks all that was asked for. Rejects with the signal's reason when interrupted. */
export async function analyse(law: Law, loaded: LoadedRuns, options: AnalyseOptions): Promise<Analysis> {
  const { runs, groups } = loaded;
  const fitOptions: FitOptions = { ...options.fit, weights: (run) => (run as LoadedRun).weight! };
  const fitted = fit(law, runs, fitOptions);
  const bootstrap =
    options.resamples > 0
      ? await fitted.bootstrap({
          resamples: options.resamples,
          seed: options.seed,
          ...(groups && { kind: "cluster" as const, clusters: groups }),
          signal: options.signal,
          onProgress: options.onProgress,
        })
      : null;
  return {
    law,
    fit: fitted,
    runs,
    bootstrap,
    level: options.level,
    criteria: informationCriteria(fitted),
    crossValidation: crossValidate(fitted, groups),
    holdOut: options.condition ? checkHoldOut(law, runs, options.condition, fitOptions) : null,
    plan:
      options.planFlops === undefined ? null : planFor(fitted, bootstrap, options.planFlops, options.level),
    notes: notesOn(fitted, runs),
  };
}

function crossValidate(fitted: Fit, groups: readonly string[] | undefined): Analysis["crossValidation"] {
  const units = groups ? new Set(groups).size : fitted.n;
  if (units <= fitted.freeParameters + 1 || fitted.n > rowsForFolds) return null;
  const single = !groups && fitted.n <= rowsForLeaveOneOut;
  const check = single ? leaveOneOut(fitted) : kFold(fitted, { folds: Math.min(10, units), groups });
  return {
    error: check.rootMeanSquare,
    inSample: check.inSample,
    kind: single ? "leave-one-out" : `${check.folds}-fold`,
  };
}

function checkHoldOut(law: Law, runs: readonly LoadedRun[], condition: Condition, options: FitOptions) {
  const { field, text } = condition;
  const check = holdOut(
    law,
    runs,
    (run) => condition.holds(run[field]!),
    options as FitOptions<string, LoadedRun>,
  );
  return { ...check, condition: text };
}

/** @throws RangeError where a law has not the variables that a budget is split over */
export function refuseUnplannable(law: Law): void {
  const names = law.variables.map(({ name }) => name);
  if (names.length === 2 && names.includes("nParams") && names.includes("nTokens")) return;
  throw new RangeError(
    `--plan needs a law in nParams and nTokens, and ${law.name} is in ${names.join(", ")}`,
  );
}

function planFor(fitted: Fit, bootstrap: Bootstrap | null, flops: number, level: number): Plan {
  refuseUnplannable(fitted.law);
  const best = computeOptimal(fitted as never, { flops });
  const intervals = bootstrap ? optimumIntervals(fitted as never, bootstrap as never, flops, level) : null;
  const { note } = extrapolationDistance(fitted, { nParams: best.nParams, nTokens: best.nTokens });
  return { flops, ...best, intervals, note };
}

function notesOn(fitted: Fit, runs: readonly LoadedRun[]): string[] {
  const { law } = fitted;
  const inSizeAndData = ["nParams", "nTokens"].every((name) =>
    law.variables.some((one) => one.name === name),
  );
  const sweep =
    inSizeAndData && law.response.name === "loss"
      ? dataNotes(
          thin(runs, rowsForNotes).map(({ nParams, nTokens, flops, loss }) => ({
            nParams: nParams!,
            nTokens: nTokens!,
            flops: flops ?? 6 * nParams! * nTokens!,
            loss: loss!,
          })),
          fitted.freeParameters,
        ).map(({ text }) => text)
      : [];
  return [...sweep, ...residualDiagnostics(fitted).notes];
}
