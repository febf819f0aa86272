import {
  calibratedDifference,
  type EngineEstimate,
  engineClock,
  estimateEngine,
  findAccelerator,
  type Model,
  type ServingLoad,
  type ServingObjective,
  type ServingQuestion,
  type ServingScenario,
  searchServing,
  servingStack,
  simulatedPercentiles,
} from "isoflop";
import { engineAssumption, refuseNearEngine } from "../../answers/cost/serving/nearEngine.ts";
import { searchServingJson, searchServingText } from "../../answers/cost/serving/searchServingText.ts";
import { asUsage, UsageError } from "../options/UsageError.ts";
import { ProgressLine } from "../ProgressLine.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";
import { inFlags } from "./inFlags.ts";
import { readCalibration } from "./readCalibration.ts";

/** Objectives as the command line names them. */
export const objectives: Readonly<Record<string, ServingObjective>> = {
  usd: "usdPerMillionTokens",
  joules: "joulesPerToken",
  co2: "kgCo2ePerMillionTokens",
  "tokens-per-device": "tokensPerSPerDevice",
  tokens: "tokensPerS",
  tpot: "tpotS",
  ttft: "ttftS",
};

/** What is asked of a search for serving, beside the model. */
export interface ServingSearchOptions {
  accelerator: string;
  devices: number;
  prompt?: number;
  output?: number;
  concurrency?: number;
  rate?: number;
  ttft?: number;
  tpot?: number;
  percentile?: number;
  surely?: boolean;
  objective?: string;
  serving?: "aggregated" | "split";
  chunk?: number;
  precision?: string;
  engine?: string;
  usdPerHour?: number;
  watts?: number;
  pue?: number;
  carbon?: number;
  calibration?: string;
  keep?: number;
  json?: boolean;
}

/** Searches and prints the configurations that serve best. */
export function searchServingLayouts(model: Model, options: ServingSearchOptions): void {
  const progress = new ProgressLine();
  const { question, objective } = questionOf(model, options, (done) =>
    progress.step(`${done} of at most 200 configurations simulated`),
  );
  // That nothing fits, or nothing is within the limits, is an answer and no wrong use.
  const found = inFlags(() => searchServing(model, question));
  progress.clear();
  const text = options.json
    ? JSON.stringify(searchServingJson(found), undefined, 2)
    : searchServingText(found, objective, terminalWidth(process.stdout));
  process.stdout.write(`${text}\n`);
}

function questionOf(
  model: Model,
  options: ServingSearchOptions,
  onSimulated: (done: number) => void,
): { readonly question: ServingQuestion; readonly objective: ServingObjective } {
  const { devices, prompt, output, ttft, tpot, serving, chunk, precision, usdPerHour, watts } = options;
  if (prompt === undefined)
    throw new UsageError("give --prompt TOKENS, the length of a prompt, such as 1024");
  if (output === undefined)
    throw new UsageError("give --output TOKENS, the length of an output, such as 256");
  if (options.percentile !== undefined && ttft === undefined && tpot === undefined) {
    throw new UsageError("--percentile is of limits; give --ttft or --tpot");
  }
  if (options.objective === "co2" && options.carbon === undefined) {
    throw new UsageError("--objective co2 needs --carbon KG, the kg CO2e of a kWh of your grid");
  }
  const calibration = readCalibration(options.calibration);
  const objective = objectives[options.objective ?? "tokens-per-device"]!;
  const load = loadOf(options);
  const sheets = asUsage(() => options.accelerator.split(",").map((name) => findAccelerator(name)));
  const stack = asUsage(() => {
    const read = servingStack({
      engine: options.engine ?? "",
      modelName: model.name,
      accelerator: sheets[0]!,
    });
    if (options.engine !== undefined) refuseNearEngine(read.engine, options.engine);
    return read;
  });
  const assumption = engineAssumption(stack.engine);
  const estimator = (scenario: ServingScenario): EngineEstimate => {
    const estimate = estimateEngine(scenario, { ...(calibration && { calibration }) });
    return assumption === undefined
      ? estimate
      : { ...estimate, assumptions: [...estimate.assumptions, assumption] };
  };
  const { percentile } = options;
  const percentiles = simulatedPercentiles({
    estimator,
    clockOf: (scenario) => engineClock(scenario, { ...(calibration && { calibration }) }),
  });
  let simulated = 0;
  return {
    objective,
    question: {
      offers: sheets.map((accelerator) => ({
        accelerator,
        devices,
        ...(usdPerHour !== undefined && { usdPerHour }),
        ...(watts !== undefined && { wattsPerDevice: watts }),
      })),
      promptTokens: prompt,
      outputTokens: output,
      objective,
      ...(load && { load }),
      limits: {
        ...(ttft !== undefined && { ttftS: ttft }),
        ...(tpot !== undefined && { tpotS: tpot }),
        ...(percentile !== undefined && {
          at: percentile,
          percentiles: (scenario: ServingScenario, share: number) => {
            onSimulated(++simulated);
            return percentiles(scenario, share);
          },
        }),
        ...(options.surely && { by: "interval80" as const }),
      },
      choices: {
        ...(precision !== undefined && { formats: [precision] }),
        ...(serving !== undefined && { serving: [serving] }),
        ...(chunk !== undefined && { chunkTokens: [chunk] }),
      },
      engine: stack.engine,
      release: stack.release,
      ...(options.pue !== undefined && { pue: options.pue }),
      ...(options.carbon !== undefined && { carbonIntensity: options.carbon }),
      ...(options.keep !== undefined && { keep: options.keep }),
      estimator,
      differenceInterval: calibratedDifference(calibration),
    },
  };
}

function loadOf({ concurrency, rate }: ServingSearchOptions): ServingLoad | undefined {
  if (concurrency !== undefined && rate !== undefined) {
    throw new UsageError(
      "--concurrency and --rate are two loads; give one, or none to search how many are served at once",
    );
  }
  if (concurrency !== undefined) return { kind: "closed", concurrency };
  return rate === undefined ? undefined : { kind: "open", requestsPerS: rate };
}
