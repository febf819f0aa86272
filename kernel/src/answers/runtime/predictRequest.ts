import {
  bootstrapRuntime,
  type FitRuntimeOptions,
  fitRuntime,
  formatNumber,
  predictRuntime,
  type RuntimeBootstrap,
  type RuntimeModel,
  runtimeCost,
  runtimeInterval,
} from "isoflop";

/** Measured requests, as `fitRuntime` takes them. */
export type MeasuredRequests = Parameters<typeof fitRuntime>[0];

/** The request whose runtime is wanted. */
export interface RequestQuestion {
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Accelerators that one replica occupies, 1 by default. */
  readonly accelerators?: number;
  /** Price of one accelerator for one hour, USD. */
  readonly usdPerHour?: number;
}

type Interval = readonly [low: number, high: number];

/** Where the figures of an answer lie. */
export interface RequestIntervals {
  /** Share of cases that they hold. */
  readonly level: number;
  readonly seconds: Interval;
  readonly prefillSeconds: Interval;
  readonly secondsPerOutputToken: Interval;
  /** F at the measured prompt sizes, in their order. */
  readonly promptTimes: readonly Interval[];
}

/** Runtime and price of a request; the keys are those of `isoflop runtime --json`. */
export interface RequestAnswer extends RequestQuestion {
  readonly seconds: number;
  /** Until the first token. */
  readonly prefillSeconds: number;
  readonly usd?: number;
  readonly accelerators: number;
  readonly model: RuntimeModel;
  /** Absent where no row is to spare. */
  readonly intervals?: RequestIntervals;
  readonly notes: readonly string[];
}

/** How a request is answered: the fit, and how well known it shall be told. */
export interface RequestOptions extends Pick<FitRuntimeOptions, "outputTime" | "loss"> {
  readonly seed?: number;
  /** What the reader of the measurements had to say. */
  readonly notes?: readonly string[];
}

/** Fits T(p, o) = F(p) + (o - 1) G to measured requests and predicts another one. */
export function predictRequest(
  measured: MeasuredRequests,
  question: RequestQuestion,
  options: RequestOptions = {},
): RequestAnswer {
  const { outputTime = "chosen", loss = "chosen", seed = 1, notes: said = [] } = options;
  const [known, why] = bootstrapped(measured, { outputTime, loss, seed });
  // What a bootstrap refuses for want of rows can be fitted; what is wrong with the rows is told by the fit as well.
  const model = known?.model ?? fitRuntime(measured, { outputTime, loss });
  const { promptTokens, outputTokens, usdPerHour, accelerators = 1 } = question;
  const seconds = predictRuntime(model, { promptTokens, outputTokens });
  const prefillSeconds = predictRuntime(model, { promptTokens, outputTokens: 0 });
  const usd = usdPerHour === undefined ? undefined : runtimeCost(seconds, { accelerators, usdPerHour });
  const intervals = known && {
    level: known.level,
    seconds: runtimeInterval(known, { promptTokens, outputTokens }),
    prefillSeconds: runtimeInterval(known, { promptTokens, outputTokens: 0 }),
    secondsPerOutputToken: known.secondsPerOutputToken,
    promptTimes: known.promptTimes.map(({ interval }) => interval),
  };
  const notes = [...said, ...cautions(model, promptTokens), ...(why === undefined ? [] : [why])];
  return {
    promptTokens,
    outputTokens,
    seconds,
    prefillSeconds,
    usd,
    accelerators,
    usdPerHour,
    model,
    ...(intervals && { intervals }),
    notes,
  };
}

function bootstrapped(
  measured: MeasuredRequests,
  options: FitRuntimeOptions & { readonly seed: number },
): [known: RuntimeBootstrap | undefined, why?: string] {
  try {
    return [bootstrapRuntime(measured, options)];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [undefined, error.message];
  }
}

/** So many outliers are told one by one. */
const mostOutliers = 3;

function cautions(model: RuntimeModel, promptTokens: number): string[] {
  const { promptTimes, r2, outliers, constrained } = model;
  const [first, last] = [promptTimes[0]!.promptTokens, promptTimes.at(-1)!.promptTokens];
  const notes: string[] = [];
  for (const { row, promptTokens: p, outputTokens: o, runtimeS, expectedS, deviations } of outliers.slice(
    0,
    mostOutliers,
  )) {
    notes.push(
      `row ${row} (${p} prompt tokens, ${o} output tokens, ${formatNumber(runtimeS)} s) lies ${formatNumber(deviations, 2)} median deviations from what the others say, ${formatNumber(expectedS)} s; look at it`,
    );
  }
  if (outliers.length > mostOutliers)
    notes.push(`${outliers.length - mostOutliers} more rows lie as far off`);
  if (outliers.length > 0) {
    notes.push("Huber's loss is used, which follows rows like these little, and F comes from all rows");
  }
  if (constrained.length > 0) {
    const sizes = constrained.slice(0, 5).join(", ") + (constrained.length > 5 ? ", …" : "");
    notes.push(
      `alone the rows of prompt size${constrained.length === 1 ? "" : "s"} ${sizes} would have F fall with the prompt or below 0; it is held level`,
    );
  }
  if (promptTokens > last) {
    notes.push(`the prompt is longer than any measured (${last}); its prefill is taken in proportion`);
  }
  if (promptTokens < first) {
    notes.push(`the prompt is shorter than any measured (${first}); its prefill is taken as for ${first}`);
  }
  // Rows that lie off lower R2 by themselves.
  if (r2 < 0.98 && outliers.length === 0) {
    notes.push(`R2 is ${formatNumber(r2, 3)}: the time per token is not constant; was the machine shared?`);
  }
  return notes;
}
