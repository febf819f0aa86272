import { type Command, Option } from "commander";
import { type PresetName, presetAnswer, presetNames } from "../../answers/cost/serving/presetAnswer.ts";
import type { ServingChoice } from "../../answers/cost/serving/ServingChoice.ts";
import { scenarioFromOptions } from "../../answers/cost/serving/scenarioFromOptions.ts";
import { serveAnswer } from "../../answers/cost/serving/serveAnswer.ts";
import { presetText, serveText } from "../../answers/cost/serving/serveText.ts";
import { servingScenarios } from "../../answers/cost/serving/servingScenarios.ts";
import { acceleratorOption, addModelOptions, chosenModel, type ModelChoice } from "../catalog/chosenModel.ts";
import { helpText } from "../options/examplesHelp.ts";
import { parsePath } from "../options/pathValues.ts";
import { asUsage, UsageError } from "../options/UsageError.ts";
import {
  parseAmount,
  parseCount,
  parseDraft,
  parseHitShare,
  parsePercents,
  parsePositive,
} from "../optionValues.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";
import { answerScenarios } from "./answerScenarios.ts";
import { flagOf } from "./flagOf.ts";
import { inFlags } from "./inFlags.ts";
import { readCalibration } from "./readCalibration.ts";
import {
  addScenarioOptions,
  refuseWithoutScenarios,
  type ScenarioChoice,
  scenarioFiles,
} from "./scenarioOptions.ts";
import { addLayoutOptions, addStackOptions } from "./servingOptions.ts";

type ServeOptions = Partial<ServingChoice> &
  ModelChoice &
  ScenarioChoice & {
    preset?: PresetName;
    calibration?: string;
    usdPerHour?: number;
    percentiles?: number[];
    json?: boolean;
  };

const help = helpText(
  [
    "Times are those of an engine that batches requests as they come (vLLM, SGLang, TensorRT-LLM), calibrated on published measurements; intervals hold what is uncertain of them. --preset answers otherwise, without intervals: a static batch at the peaks of the data sheet (ideal), or at the shares of them that older measurements reach (measured).",
    "--scenarios takes a table with the columns of the dataset of serving measurements (model, hardware, precision, engine, mode, parallel, tp, pp, dp, batch, load, isl, osl, measurement, …) and adds ttft_s, tpot_s and tokens_per_s, each with _lo80, _hi80, _lo95, _hi95, in_distribution and note; all columns are kept. A row without an answer says why in its note.",
  ],
  [
    [
      "isoflop cost serve --model Llama-3.1-70B --accelerator h200-sxm --tp 4 --concurrency 32 --prompt 1024 --output 1024 --precision fp8 --engine vllm",
    ],
    [
      "isoflop cost serve --model DeepSeek-R1 --accelerator h200-sxm --split 2xtp8:tp8dp8ep8 --concurrency 256 --prompt 8192 --output 1024 --precision fp8",
      "prefill on two instances of 8, decode on one of 64",
    ],
    [
      "isoflop cost serve --config config.json --accelerator A100-SXM-80GB --weights 8 --activations 8 --kv 8 --batch 16 --prompt 512 --output 128 --preset ideal --json | jq .tokensPerSecond",
    ],
    ["isoflop cost serve --scenarios servings.csv --out times.csv", "many rows of a table"],
  ],
);

/** Adds `isoflop cost serve`: latency, throughput, memory and money of serving. */
export function addCostServeCommand(cost: Command): void {
  const command = addModelOptions(cost.command("serve"))
    .description("Time to the first token and a token, tokens a second, memory and money of serving.")
    .addOption(acceleratorOption());
  addLayoutOptions(command)
    .option("--instances <count>", "instances that share the load (default 1)", parseCount)
    .option("--split <layouts>", "instances that prefill and those that decode, such as 2xtp4:tp8")
    .option("--concurrency <requests>", "requests in the system at all times", parseCount)
    .option("--batch <requests>", "requests that begin and end together (a static batch)", parseCount)
    .option("--rate <requests>", "requests a second, arriving at random", parsePositive)
    .option("--offline", "all requests there from the beginning")
    .option("--prompt <tokens>", "tokens of a prompt", parseCount)
    .option("--output <tokens>", "tokens of an output", parseCount)
    .option("--chunk <tokens>", "tokens of a step at most (default: the engine's own)", parseCount)
    .option("--speculative", "several tokens a step are drafted and checked (EAGLE, multi-token prediction)")
    .option("--no-speculative", "nothing is drafted (default: not known)")
    .option(
      "--draft <tokens:acceptance>",
      "tokens drafted a step and the chance that one is accepted where those before it were, such as 3:0.7",
      parseDraft,
    )
    .option(
      "--prefix-hits <share>",
      "share of each prompt that a prefix cache holds (default 0)",
      parseHitShare,
    )
    .option(
      "--percentiles <list>",
      "simulate these, such as 50,90,99 (the default with --rate)",
      parsePercents,
    );
  addStackOptions(command)
    .addOption(
      new Option("--preset <which>", "a static batch by the roofline instead: ideal or measured").choices([
        ...presetNames,
      ]),
    )
    .option("--calibration <file>", "what isoflop cost calibrate wrote", parsePath)
    .option("--usd-per-hour <price>", "price of one accelerator for one hour", parseAmount);
  addScenarioOptions(command)
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action(async (options: ServeOptions) => {
      const { scenarios, calibration, preset, usdPerHour } = options;
      if (scenarios !== undefined) {
        const files = scenarioFiles(options, ["calibration"]);
        const reads = [["--calibration", calibration]] as const;
        await answerScenarios(servingScenarios(readCalibration(calibration)), { ...files, reads });
        return;
      }
      refuseWithoutScenarios(options);
      const print = (answer: unknown, text: () => string) =>
        process.stdout.write(`${options.json ? JSON.stringify(answer, undefined, 2) : text()}\n`);
      const width = terminalWidth(process.stdout);
      const model = chosenModel(options);
      const choice = choiceOf(options);
      if (preset !== undefined) {
        refuseBesidePreset(options);
        const answer = asUsage(() => inFlags(() => presetAnswer(model, choice, { preset, usdPerHour })));
        print(answer, () => presetText(answer, width));
        return;
      }
      const percents = options.percentiles ?? (options.rate === undefined ? undefined : [50, 90, 99]);
      const known = { usdPerHour, calibration: readCalibration(calibration), percents };
      const answer = asUsage(() => inFlags(() => serveAnswer(scenarioFromOptions(model, choice), known)));
      print(answer, () => serveText(answer, width));
    });
}

function choiceOf(options: ServeOptions): ServingChoice {
  const { accelerator, prompt, output } = options;
  if (accelerator === undefined) throw new UsageError("give --accelerator NAME, such as h100-sxm");
  if (prompt === undefined)
    throw new UsageError("give --prompt TOKENS, the length of a prompt, such as 1024");
  if (output === undefined)
    throw new UsageError("give --output TOKENS, the length of an output, such as 256");
  return { ...options, accelerator, prompt, output };
}

/** Options that the roofline has no place for: what is given is never dropped without a word. */
function refuseBesidePreset(options: ServeOptions): void {
  const beside = [
    "pp",
    "dp",
    "ep",
    "instances",
    "split",
    "rate",
    "offline",
    "engine",
    "chunk",
    "speculative",
    "draft",
    "prefixHits",
    "percentiles",
    "calibration",
  ] as const;
  const first = beside.find((name) => options[name] !== undefined);
  if (first !== undefined) {
    throw new UsageError(
      `${flagOf(first)} is of an engine, and --preset ${options.preset} of one static batch on --tp devices; leave out one of the two`,
    );
  }
  if (options.batch !== undefined && options.concurrency !== undefined) {
    throw new UsageError("--batch and --concurrency are two loads; give one");
  }
}
