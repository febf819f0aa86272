import { type EngineEstimate, type Estimated, estimateEngine, type ServingScenario } from "isoflop";

// PLACEHOLDER of the coordinator: of the right type and honest about its errors, until the calibration of the engine model
// stands here (`calibrate(rows)` with covariance and a prior). Factors on two times stand for its constants.

/** A measured mean of a scenario. */
export interface OwnFigure {
  readonly scenario: ServingScenario;
  readonly figure: "ttftS" | "tpotS" | "tokensPerS";
  /** In seconds, or output tokens a second of all devices. */
  readonly value: number;
  /** Where it stands, for messages. */
  readonly from: string;
}

/** A constant before and after own rows were learned from. */
export interface MovedConstant {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** What own rows teach of a machine and an engine. */
export interface CalibratedStack {
  /** Key of the accelerator, and engine; what they are not is answered as without the file. */
  readonly acceleratorKey: string;
  readonly engine: string;
  readonly rows: number;
  readonly constants: readonly MovedConstant[];
  /** Mean |estimate / measured − 1| of each figure: without own rows, and with all but the row itself. */
  readonly errors: readonly {
    readonly figure: OwnFigure["figure"];
    readonly rows: number;
    readonly before: number;
    readonly leftOut: number;
  }[];
}

/** What own rows teach. */
export interface ServingCalibration {
  readonly kind: "isoflop serving calibration";
  readonly version: 1;
  readonly stacks: readonly CalibratedStack[];
}

const figures = ["ttftS", "tpotS", "tokensPerS"] as const;
/** Variance of ln(measured / estimated) within a stack over that between stacks. */
const shrink = 1;

/**
 * What own rows teach, for each accelerator and engine among them.
 *
 * @throws RangeError where there are none
 */
export function calibrateServing(rows: readonly OwnFigure[]): ServingCalibration {
  if (rows.length === 0) throw new RangeError("rows must hold one measured figure or more, got none");
  const stacks = new Map<string, OwnFigure[]>();
  for (const row of rows) {
    const name = stackName(row.scenario);
    stacks.set(name, [...(stacks.get(name) ?? []), row]);
  }
  return {
    kind: "isoflop serving calibration",
    version: 1,
    stacks: [...stacks.values()].map(calibrateStack),
  };
}

function calibrateStack(rows: readonly OwnFigure[]): CalibratedStack {
  const { acceleratorKey, engine } = rows[0]!.scenario;
  const ratios = rows.map(({ scenario, figure, value }) => ({
    figure,
    log: Math.log(value / estimateEngine(scenario)[figure].value),
  }));
  const errors = figures.flatMap((figure) => {
    const own = ratios.filter((ratio) => ratio.figure === figure);
    if (own.length === 0) return [];
    const error = (of: (at: number) => number) =>
      own.reduce((sum, { log }, at) => sum + Math.abs(Math.exp(of(at) - log) - 1), 0) / own.length;
    const before = error(() => 0);
    const leftOut = error((at) => shift(own.filter((_, k) => k !== at)));
    return [{ figure, rows: own.length, before, leftOut }];
  });
  return {
    acceleratorKey,
    engine,
    rows: rows.length,
    constants: errors.map(({ figure }) => ({
      name: figure,
      before: 1,
      after: Math.exp(shift(ratios.filter((ratio) => ratio.figure === figure))),
    })),
    errors,
  };
}

const shift = (own: readonly { readonly log: number }[]) =>
  own.reduce((sum, { log }) => sum + log, 0) / (own.length + shrink);

/** The estimate of a scenario, with what own rows teach where they are of its machine and engine. */
export function estimateCalibrated(
  scenario: ServingScenario,
  calibration: ServingCalibration | undefined,
): EngineEstimate {
  const estimate = estimateEngine(scenario);
  if (calibration === undefined) return estimate;
  const own = calibration.stacks.find(
    ({ acceleratorKey, engine }) => acceleratorKey === scenario.acceleratorKey && engine === scenario.engine,
  );
  if (own === undefined) {
    const assumption = `the calibration is of ${calibration.stacks.map(stackName).join(" and ")}, and not used for ${stackName(scenario)}`;
    return { ...estimate, assumptions: [...estimate.assumptions, assumption] };
  }
  const { rows, constants } = own;
  const scaled = (figure: OwnFigure["figure"]): Estimated => {
    const factor = constants.find(({ name }) => name === figure)?.after ?? 1;
    const { value, interval80, interval95 } = estimate[figure];
    const range = ([low, high]: readonly [number, number]) => [low * factor, high * factor] as const;
    return { value: value * factor, interval80: range(interval80), interval95: range(interval95) };
  };
  return {
    ...estimate,
    ttftS: scaled("ttftS"),
    tpotS: scaled("tpotS"),
    tokensPerS: scaled("tokensPerS"),
    calibratedOn: `${estimate.calibratedOn}, and ${rows} own rows`,
  };
}

/** What messages call a machine with its engine. */
export const stackName = ({
  acceleratorKey,
  engine,
}: Pick<CalibratedStack, "acceleratorKey" | "engine">): string =>
  `${acceleratorKey}${engine ? ` with ${engine}` : ""}`;
