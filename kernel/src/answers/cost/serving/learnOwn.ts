import {
  calibrateServing,
  predictParts,
  publishedServing,
  type ServingCalibration,
  type ServingObservation,
} from "isoflop";

/** Error of one quantity on one machine and engine. */
export interface OwnError {
  /** Such as "h200-sxm-141gb, vllm". */
  readonly stack: string;
  readonly quantity: string;
  readonly rows: number;
  /** Mean |estimate / measured − 1| by the published measurements alone. */
  readonly before: number;
  /** The same with all own runs but the row's; absent where there is one run. */
  readonly leftOut?: number;
}

/** A constant of the published measurements that own rows moved. */
export interface MovedConstant {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** What own rows teach. */
export interface Learned {
  readonly rows: number;
  readonly runs: number;
  readonly errors: readonly OwnError[];
  /** Those that moved by 1 % or more, the farthest first. */
  readonly constants: readonly MovedConstant[];
  /** Rows far from what the others say, which count little: measured over expected. */
  readonly outliers: readonly { readonly place: string; readonly ratio: number }[];
}

/** An observation, and where it stands. */
export interface PlacedObservation {
  readonly observation: ServingObservation;
  readonly place: string;
}

/** Calibrations that are made to tell the error; with more runs several are left out at a time. */
const mostFolds = 20;

/**
 * Learns from own rows, and says what it is worth: whole runs are left out, with both of their times.
 *
 * @param onFold called before each calibration, with those done and all
 * @throws RangeError where there are no rows
 */
export async function learnOwn(
  placed: readonly PlacedObservation[],
  onFold: (done: number, of: number) => Promise<void>,
): Promise<{ readonly calibration: ServingCalibration; readonly learned: Learned }> {
  const observations = placed.map(({ observation }) => observation);
  const before = publishedServing();
  const runs = [...new Set(observations.map(({ labels }) => labels.run))];
  const folds = runs.length < 2 ? 0 : Math.min(runs.length, mostFolds);
  const foldOf = new Map(runs.map((run, i) => [run, i % Math.max(1, folds)]));
  const errors = observations.map((row) => ({ row, before: errorOf(before, row), leftOut: Number.NaN }));
  for (let fold = 0; fold < folds; fold++) {
    await onFold(fold, folds + 1);
    const isOut = ({ labels }: ServingObservation) => foldOf.get(labels.run) === fold;
    const others = calibrateServing({ observations: observations.filter((row) => !isOut(row)), refused: [] });
    for (const error of errors) if (isOut(error.row)) error.leftOut = errorOf(others, error.row);
  }
  await onFold(folds, folds + 1);
  const calibration = calibrateServing({ observations, refused: [] });
  return {
    calibration,
    learned: {
      rows: observations.length,
      runs: runs.length,
      errors: byQuantity(errors),
      constants: moved(before, calibration),
      outliers: calibration.outliers.map(({ row, ratio }) => ({
        place: placed[row]!.place,
        // Throughput is calibrated on as its inverse.
        ratio: observations[row]!.kind === "throughput" ? 1 / ratio : ratio,
      })),
    },
  };
}

function errorOf(calibration: ServingCalibration, row: ServingObservation): number {
  const ratio = predictParts(calibration, row).value / row.value;
  return Math.abs((row.kind === "throughput" ? 1 / ratio : ratio) - 1);
}

interface RowError {
  readonly row: ServingObservation;
  readonly before: number;
  readonly leftOut: number;
}

function byQuantity(errors: readonly RowError[]): OwnError[] {
  const groups = new Map<string, RowError[]>();
  for (const error of errors) {
    const { labels, kind } = error.row;
    const key = JSON.stringify([stackOf(labels), kind]);
    groups.set(key, [...(groups.get(key) ?? []), error]);
  }
  return [...groups.values()].map((group) => {
    const mean = (of: (error: RowError) => number) =>
      group.reduce((sum, error) => sum + of(error), 0) / group.length;
    const leftOut = mean((error) => error.leftOut);
    const { labels, kind } = group[0]!.row;
    return {
      stack: stackOf(labels),
      quantity: kind,
      rows: group.length,
      before: mean((error) => error.before),
      ...(Number.isFinite(leftOut) && { leftOut }),
    };
  });
}

const stackOf = ({ accelerator, engine }: ServingObservation["labels"]) =>
  [accelerator, engine].filter((part) => part !== "").join(", ");

function moved(before: ServingCalibration, after: ServingCalibration): MovedConstant[] {
  const far = ({ before, after }: MovedConstant) => Math.abs(Math.log(after / before));
  return after.constants
    .map(({ name, value }, k) => ({ name, before: before.constants[k]!.value, after: value }))
    .filter((constant) => far(constant) >= 0.01)
    .sort((a, b) => far(b) - far(a));
}
