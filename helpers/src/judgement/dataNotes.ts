import { sampleCorrelation } from "simple-statistics";
import { formatFlops } from "../format/formatFlops.ts";
import { formatNumber } from "../format/formatNumber.ts";
import { checkIsoflopRuns, type IsoflopRun } from "../isoflop/IsoflopRun.ts";
import { isoflopParabolas } from "../isoflop/isoflopParabolas.ts";

/** Something the runs cannot carry, with a stable code for programs. */
export interface DataNote {
  readonly code:
    | "too-few-runs"
    | "one-budget"
    | "collinear"
    | "narrow-range"
    | "constant"
    | "duplicates"
    | "no-interior-minimum"
    | "flops-mismatch";
  readonly text: string;
}

/**
 * What a sweep in nParams and nTokens can and cannot tell, before any fit: too few runs for the parameters, one
 * budget only, N and D that move together, a narrow range, duplicates, budgets without an interior minimum.
 *
 * @param runs nParams, nTokens, flops, loss; positive numbers
 * @param parameters free parameters of the law in mind (default 5, Chinchilla's)
 * @returns notes in plain words; empty when the runs look fit for the question
 * @throws RangeError when a run is not positive
 * @example
 * import { dataNotes } from "isoflop";
 * const run = (nParams: number) => ({ nParams, nTokens: 20 * nParams, flops: 120 * nParams ** 2, loss: 3 });
 * dataNotes([run(1e8), run(1e9), run(1e10)]).map((note) => note.code); // => ["too-few-runs", "collinear"]
 */
export function dataNotes(runs: readonly IsoflopRun[], parameters = 5): DataNote[] {
  checkIsoflopRuns("dataNotes", runs);
  const notes: DataNote[] = [];
  const add = (code: DataNote["code"], text: string) => notes.push({ code, text });
  if (runs.length <= parameters) {
    add(
      "too-few-runs",
      `${runs.length} runs for ${parameters} parameters leave nothing to judge the fit by; add runs or fix parameters`,
    );
  }
  const duplicates = countRepeats(runs);
  if (duplicates > 0) {
    add(
      "duplicates",
      `${duplicates} runs repeat another one exactly; each counts as fresh evidence unless dropped`,
    );
  }
  const lnN = runs.map((run) => Math.log(run.nParams));
  const lnD = runs.map((run) => Math.log(run.nTokens));
  const constant = [
    ["nParams", lnN],
    ["nTokens", lnD],
  ].filter(([, column]) => new Set(column as number[]).size === 1);
  for (const [name] of constant) {
    add("constant", `${name} is the same in every run: nothing can be said about its exponent; vary it`);
  }
  if (constant.length === 0) varietyNotes(runs, lnN, lnD, add);
  const off = runs.filter(
    (run) => Math.abs(Math.log(run.flops / (6 * run.nParams * run.nTokens))) > Math.log(1.5),
  );
  if (off.length > 0) {
    add(
      "flops-mismatch",
      `flops differs from 6 N D by more than a factor of 1.5 in ${off.length} runs; check units, or how the paper counts parameters`,
    );
  }
  return notes;
}

function varietyNotes(
  runs: readonly IsoflopRun[],
  lnN: readonly number[],
  lnD: readonly number[],
  add: (code: DataNote["code"], text: string) => void,
): void {
  const r = lnN.length > 1 ? sampleCorrelation(lnN, lnD) : 0;
  const lnC = runs.map((run) => Math.log(run.flops));
  const sameBudget = span(lnC) < Math.log(1.1);
  if (sameBudget) {
    add(
      "one-budget",
      "all runs spent the same compute: the optimum there can be found, its growth with compute cannot",
    );
  } else if (Math.abs(r) > 0.98) {
    add(
      "collinear",
      `ln N and ln D move together (correlation ${formatNumber(r, 3)}): the model term and the data term cannot be told apart; vary tokens per parameter`,
    );
  }
  for (const [name, column] of [
    ["nParams", lnN],
    ["nTokens", lnD],
  ] as const) {
    const factor = Math.exp(span(column));
    if (factor < 5) {
      add(
        "narrow-range",
        `${name} spans a factor of ${formatNumber(factor, 2)} only: its exponent will be a guess; a decade or more is usual`,
      );
    }
  }
  const budgets = isoflopParabolas(runs).filter((one) => one.runs.length >= 4);
  const open = budgets.filter((one) => one.warnings.length > 0);
  if (open.length > 0) {
    const list = open.map((one) => formatFlops(one.flops)).join(", ");
    add(
      "no-interior-minimum",
      `${open.length} of ${budgets.length} budgets (${list} FLOPs) have no minimum between their smallest and largest model; train sizes on both sides of it`,
    );
  }
}

/** How many runs are equal to an earlier one. */
function countRepeats(runs: readonly IsoflopRun[]): number {
  const times = new Map<number, number>();
  for (const { loss } of runs) times.set(loss, (times.get(loss) ?? 0) + 1);
  // Most losses are there but once; a text of each run would take as long as all else.
  const alike = runs.filter(({ loss }) => times.get(loss)! > 1);
  return alike.length - new Set(alike.map((run) => `${run.nParams},${run.nTokens},${run.loss}`)).size;
}

/** Largest minus smallest; by a loop, since a million arguments overflow the stack. */
function span(values: readonly number[]): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}
