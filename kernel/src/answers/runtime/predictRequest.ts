import { fitRuntime, formatNumber, predictRuntime, type RuntimeModel, runtimeCost } from "isoflop";

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

/** Runtime and price of a request; the keys are those of `isoflop runtime --json`. */
export interface RequestAnswer extends RequestQuestion {
  readonly seconds: number;
  /** Until the first token. */
  readonly prefillSeconds: number;
  readonly usd?: number;
  readonly accelerators: number;
  readonly model: RuntimeModel;
  readonly notes: readonly string[];
}

/** Where measured requests stand in a file: names of columns by field, the first being the one to recommend. */
export const requestColumns = {
  promptTokens: ["prompt_tokens", "promptTokens", "input_tokens", "prompt"],
  outputTokens: ["output_tokens", "outputTokens", "generated_tokens", "output"],
  runtimeS: ["runtime_s", "runtimeS", "seconds", "latency_s", "time_s", "runtime"],
} as const;

/** Fits T(p, o) = F(p) + (o - 1) G to measured requests and predicts another one. */
export function predictRequest(measured: MeasuredRequests, question: RequestQuestion): RequestAnswer {
  const model = fitRuntime(measured);
  const { promptTokens, outputTokens, usdPerHour, accelerators = 1 } = question;
  const seconds = predictRuntime(model, { promptTokens, outputTokens });
  const prefillSeconds = predictRuntime(model, { promptTokens, outputTokens: 0 });
  const usd = usdPerHour === undefined ? undefined : runtimeCost(seconds, { accelerators, usdPerHour });
  const notes = cautions(model, promptTokens);
  return { promptTokens, outputTokens, seconds, prefillSeconds, usd, accelerators, usdPerHour, model, notes };
}

function cautions({ promptTimes, r2 }: RuntimeModel, promptTokens: number): string[] {
  const [first, last] = [promptTimes[0]!.promptTokens, promptTimes.at(-1)!.promptTokens];
  const notes: string[] = [];
  if (promptTokens > last) {
    notes.push(`the prompt is longer than any measured (${last}); its prefill is taken in proportion`);
  }
  if (promptTokens < first) {
    notes.push(`the prompt is shorter than any measured (${first}); its prefill is taken as for ${first}`);
  }
  if (r2 < 0.98) {
    notes.push(`R2 is ${formatNumber(r2, 3)}: the time per token is not constant; was the machine shared?`);
  }
  return notes;
}
