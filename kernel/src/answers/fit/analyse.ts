import {
  type Bootstrap,
  computeOptimal,
  dataNotes,
  extrapolationDistance,
  type Fit,
  type FitNote,
  type FitOptions,
  fitColumns,
  fitNotes,
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
import type { LoadedRuns } from "../../tables/loadRuns.ts";
import type { LoadedRun, RunTable } from "../../tables/RunTable.ts";
import { type Comparison, compareWithPublished, type PublishedLaw } from "./against.ts";
import { outlierNote } from "./outlierNote.ts";
import { sweepOf } from "./sweepOf.ts";
import { holdoutField } from "./table/TableQuestion.ts";
import { type Uncertainty, uncertaintyOf } from "./uncertainty.ts";

export interface AnalyseOptions {
  readonly fit: Omit<FitOptions, "weights">;
  readonly resamples: number;
  readonly seed: number;
  readonly level: number;
  /** Conditions on the runs that are kept out of a second fit each, in words; the runs say whether they hold. */
  readonly holdouts?: readonly string[];
  /** Laws to set beside, with the options of each. */
  readonly others?: readonly { readonly law: Law; readonly fit: AnalyseOptions["fit"] }[];
  readonly against?: readonly PublishedLaw[];
  /** Columns of texts that may set runs apart, by their names. */
  readonly texts?: ReadonlyMap<string, readonly string[]>;
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
  readonly runs: RunTable;
  readonly bootstrap: Bootstrap | null;
  /** What the table of parameters says where there was no bootstrap. */
  readonly uncertainty: Uncertainty | null;
  readonly level: number;
  readonly criteria: InformationCriteria;
  /** Error of predicting runs not in the fit, root mean square; null where too few runs are left. */
  readonly crossValidation: {
    readonly error: number;
    readonly inSample: number;
    readonly kind: string;
  } | null;
  readonly holdOuts: readonly (HoldOut<string, string, string, LoadedRun> & { readonly condition: string })[];
  readonly others: readonly Candidate[];
  readonly against: readonly Comparison[];
  readonly plan: Plan | null;
  readonly notes: readonly string[];
  /** Those of the notes that say what the status does not, with their codes. */
  readonly fitNotes: readonly FitNote[];
}

/** A law set beside others. */
export interface Candidate extends Pick<Analysis, "fit" | "criteria" | "crossValidation"> {
  readonly law: Law;
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
  const columns = runs.columns();
  const fitted = fitColumns(law, columns, { ...options.fit, weights: runs.weights });
  if (!(fitted.objective < Infinity)) {
    const reason = fitted.reason.replace(/\brow (\d+)/, (_, row: string) => loaded.placeOf(Number(row)));
    throw new RangeError(`${law.name} cannot be fitted: ${reason}`);
  }
  const bootstrap = await bootstrapOf(fitted, groups, options);
  options.signal?.throwIfAborted();
  // A delta that followed the noise stays: fits of other losses cannot be compared.
  const settled = { ...options.fit, loss: fitted.options.loss };
  const uncertainty = uncertaintyOf(fitted, groups, options.level);
  const said = fitNotes(fitted, { columns: Object.fromEntries(options.texts ?? []) });
  return {
    runs,
    bootstrap,
    uncertainty,
    level: options.level,
    ...candidateOf(fitted, groups),
    holdOuts: (options.holdouts ?? []).map((text, k) => checkHoldOut(law, runs, text, k, settled)),
    others: (options.others ?? []).map((other) =>
      candidateOf(
        fitColumns(other.law, columns, { ...settled, ...other.fit, weights: runs.weights }),
        groups,
      ),
    ),
    against: (options.against ?? []).map((one) => compareWithPublished(one, fitted, runs)),
    plan:
      options.planFlops === undefined ? null : planFor(fitted, bootstrap, options.planFlops, options.level),
    notes: [
      ...(options.resamples > 0 && !bootstrap
        ? [
            "no bootstrap: its replicates would only say how the search ends, since the runs do not determine the law",
          ]
        : []),
      ...(bootstrap ? [] : (uncertainty?.notes ?? [])),
      ...said.map(({ text }) => text),
      ...notesOn(fitted, loaded, options.texts),
    ],
    fitNotes: said,
  };
}

/** Replicates where they are asked for; of what the runs leave open they would only say how the search ends. */
export async function bootstrapOf(
  fitted: Fit,
  groups: readonly string[] | undefined,
  { resamples, seed, signal, onProgress }: AnalyseOptions,
): Promise<Bootstrap | null> {
  if (resamples === 0 || fitted.status === "not-identified") return null;
  return fitted.bootstrap({
    resamples,
    seed,
    ...(groups && { kind: "cluster" as const, clusters: groups }),
    signal,
    onProgress,
  });
}

/** A fit as it is set beside others. */
export function candidateOf(fitted: Fit, groups: readonly string[] | undefined): Candidate {
  return {
    law: fitted.law,
    fit: fitted,
    criteria: informationCriteria(fitted),
    crossValidation: crossValidate(fitted, groups),
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

function checkHoldOut(
  law: Law,
  table: RunTable,
  text: string,
  k: number,
  options: AnalyseOptions["fit"],
): Analysis["holdOuts"][number] {
  const field = holdoutField(k);
  const out = table.column(field)!.reduce((count, is) => count + (is === 1 ? 1 : 0), 0);
  if (out === 0 || out === table.length) {
    throw new RangeError(
      `--holdout "${text}" must leave runs on both sides, got ${table.length - out} to fit and ${out} to predict; move the threshold`,
    );
  }
  const isOut = (run: LoadedRun) => run[field] === 1;
  const weights = (run: LoadedRun) => run.weight!;
  return { ...holdOut(law, table.records(), isOut, { ...options, weights }), condition: text };
}

/** @throws RangeError where a law has not the variables that a budget is split over */
export function refuseUnplannable(law: Law): void {
  const names = law.variables.map(({ name }) => name);
  if (names.length === 2 && names.includes("nParams") && names.includes("nTokens")) return;
  throw new RangeError(
    `--plan needs a law in nParams and nTokens, and ${law.name} is in ${names.join(", ")}`,
  );
}

export function planFor(fitted: Fit, bootstrap: Bootstrap | null, flops: number, level: number): Plan {
  refuseUnplannable(fitted.law);
  if (fitted.status === "not-identified") {
    throw new RangeError(
      `--plan needs a law that the runs determine, and this fit is not identified: ${fitted.reason}`,
    );
  }
  const best = computeOptimal(fitted as never, { flops });
  const intervals = bootstrap ? optimumIntervals(fitted as never, bootstrap as never, flops, level) : null;
  const { note } = extrapolationDistance(fitted, { nParams: best.nParams, nTokens: best.nTokens });
  return { flops, ...best, intervals, note };
}

function notesOn(fitted: Fit, loaded: LoadedRuns, texts: AnalyseOptions["texts"]): string[] {
  const { law } = fitted;
  const { runs } = loaded;
  const inSizeAndData = ["nParams", "nTokens"].every((name) =>
    law.variables.some((one) => one.name === name),
  );
  const part = runs.thinned(rowsForNotes);
  // What was counted in a part says so.
  const share = part.length < runs.length ? ` (of ${part.length} of the ${runs.length} runs)` : "";
  const sweep =
    inSizeAndData && law.response.name === "loss"
      ? dataNotes(sweepOf(part), fitted.freeParameters).map(({ text }) => `${text}${share}`)
      : [];
  const { notes, outliers } = residualDiagnostics(fitted);
  const named = outlierNote(outliers, fitted, loaded, texts);
  // The runs that lie off go by their places in the file.
  return [
    ...sweep,
    ...notes.map((note) =>
      named !== undefined && / robust standard deviations off /.test(note) ? named : note,
    ),
  ];
}
