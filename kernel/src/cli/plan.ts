import { type Command, Option } from "commander";
import { type ProductFormat, planTraining, productFormats } from "isoflop";
import { planNotebook } from "../answers/plan/planNotebook.ts";
import { planText } from "../answers/plan/planText.ts";
import { readMixture } from "../answers/plan/readMixture.ts";
import { readSavedLaw } from "../answers/plan/readSavedLaw.ts";
import { checkOutputs } from "../files/checkOutputs.ts";
import { checkWritable } from "../files/checkWritable.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parseFilePath, parsePath } from "./options/pathValues.ts";
import { asUsage, UsageError } from "./options/UsageError.ts";
import {
  parseCount,
  parseCounts,
  parseNumbers,
  parsePositive,
  parsePositives,
  parseShare,
  parseWhole,
} from "./optionValues.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";
import { writePage } from "./writePage.ts";

interface PlanOptions {
  flops?: number;
  budget?: number;
  gpuHours?: number;
  usd?: number;
  days?: number;
  accelerator?: string;
  mfu?: number;
  precision?: ProductFormat;
  gpus?: number;
  usdPerGpuHour?: number;
  law?: string;
  at?: string;
  unique?: number;
  mixture?: string;
  experts?: number[];
  memoryGb?: number;
  maxBatch?: number;
  cooldown?: number;
  horizons?: number[];
  overTrain?: number;
  inferenceTokens?: number;
  vocabulary?: number;
  draws?: number;
  seed?: number;
  beyondData?: boolean;
  json?: boolean;
  report?: string;
}

const help = helpText(
  [
    "Counts are plain numbers (1e24, not \"1e24 FLOPs\"). Without --law the constants are isoflop's own fit of the 240 runs of Chinchilla's Figure 4; with --law FILE those of a fit saved by `isoflop fit RUNS --save FILE`. Intervals hold 95 % of the draws of all constants together. Money and days are limits; without --accelerator they are of an A100 of 40 GB.",
    'A mixture is a JSON file: {"supply": {"web": 5e12, "code": 1e11}, "shares": {"web": 80, "code": 20}}, or with "fits": {"english": "english.fit.json"} in place of shares, each a saved fit of a loss by the shares.',
  ],
  [
    ["isoflop plan --flops 1e24", "the compute-optimal model"],
    ["isoflop plan --budget 1e22 --unique 60e9", "with 60 billion different tokens: how many epochs"],
    [
      "isoflop plan --usd 2e6 --days 60 --accelerator h100-sxm --usd-per-gpu-hour 2.5",
      "a budget in money and days: how many accelerators",
    ],
    ["isoflop plan --flops 1e22 --experts 1,8,64 --memory-gb 160", "dense or how many experts"],
    ["isoflop plan --flops 1e22 --mixture sources.json", "which shares, within the supply"],
    ["isoflop plan --flops 1e24 --inference-tokens 1e13", "least compute over training and serving"],
    [
      "isoflop plan --flops 1e22 --max-batch 1e6 --cooldown 0.2",
      "what a small batch costs, and where the rate falls",
    ],
    ["isoflop plan --flops 1e22 --law runs.fit.json --json | jq .nParams.value"],
  ],
);

/** Adds `isoflop plan`: what to train with a budget. */
export function addPlanCommand(program: Command): void {
  program
    .command("plan")
    .description(
      "What to train with a budget: size, tokens, vocabulary, learning rate, batch, loss, time and cost.",
    )
    .option("--flops <number>", "training compute", parsePositive)
    .option("--budget <number>", "the same as --flops", parsePositive)
    .option("--gpu-hours <hours>", "training compute as accelerator hours", parsePositive)
    .option(
      "--accelerator <name>",
      "its name, such as h100-sxm or a100-sxm-80gb (isoflop accelerators lists them)",
    )
    .option(
      "--mfu <share>",
      "share of the accelerator's dense 16-bit peak that training reaches (default: a run of this size is timed)",
      parsePositive,
    )
    .addOption(
      new Option(
        "--precision <format>",
        "format of the operands of products, without --mfu (default bf16)",
      ).choices([...productFormats]),
    )
    .option("--gpus <count>", "accelerators at work at once, for the days", parsePositive)
    .option("--usd-per-gpu-hour <price>", "price of an accelerator hour, for the cost", parsePositive)
    .option("--usd <dollars>", "money for training, at --usd-per-gpu-hour", parsePositive)
    .option(
      "--days <days>",
      "days that training may take: how many accelerators, or with --gpus a limit",
      parsePositive,
    )
    .option(
      "--unique <tokens>",
      "different tokens there are; what is trained beyond them is repeated",
      parsePositive,
    )
    .option(
      "--mixture <file>",
      "sources with their supply, and shares or fits by which they are found, as JSON",
      parsePath,
    )
    .option(
      "--experts <counts>",
      "experts of a routed layer; of several the best, such as 1,8,64",
      parseCounts,
    )
    .option("--memory-gb <gigabytes>", "memory for all weights, 2 bytes each", parsePositive)
    .option(
      "--law <file>",
      "a saved fit of the loss in nParams and nTokens, built-in or a formula",
      parsePath,
    )
    .option("--at <values>", "what that law reads besides, such as vocabSize=32000")
    .option("--over-train <factor>", "so many times the optimal tokens per parameter", parsePositive)
    .option("--inference-tokens <tokens>", "tokens to serve in the model's life", parsePositive)
    .option("--max-batch <tokens>", "largest batch in tokens", parsePositive)
    .option(
      "--cooldown <share>",
      "share of the steps over which the rate falls at the end, such as 0.2",
      parseShare,
    )
    .option(
      "--horizons <tokens>",
      "tokens after which to measure too, such as 1e11,2e11; with --cooldown",
      parsePositives,
    )
    .option("--vocabulary <entries>", "size of the vocabulary, where it is settled", parsePositive)
    .option("--draws <count>", "draws of all constants behind the intervals (default 1000)", parseCount)
    .option("--seed <number>", "seed of the draws (default 42)", parseWhole)
    .option(
      "--beyond-data",
      "plan also where laws never measured together are asked ten times beyond their runs",
    )
    .option("--json", "print the plan as JSON")
    .option("--report <file>", "write the plan as a self-contained HTML page", parseFilePath)
    .addHelpText("after", help)
    .action(
      async ({
        law,
        json,
        report,
        budget,
        unique,
        at,
        mixture,
        memoryGb,
        maxBatch,
        ...question
      }: PlanOptions) => {
        if (budget !== undefined && question.flops !== undefined) {
          throw new UsageError("--budget and --flops are the same; give one");
        }
        if (report !== undefined) {
          checkOutputs(
            [["--report", report]],
            [
              ...(law === undefined ? [] : [["--law", law] as const]),
              ...(mixture === undefined ? [] : [["--mixture", mixture] as const]),
            ],
          );
          checkWritable(report);
        }
        const saved = law === undefined ? {} : { law: await readSavedLaw(law) };
        const sources = mixture === undefined ? {} : { mixture: await readMixture(mixture, question.seed) };
        const plan = askedByFlags(() =>
          planTraining({
            ...question,
            ...saved,
            flops: budget ?? question.flops,
            ...sources,
            uniqueTokens: unique,
            maxBatchTokens: maxBatch,
            ...(memoryGb !== undefined && { memoryBytes: memoryGb * 1e9 }),
            ...(at !== undefined && { at: parseNumbers("--at", at) }),
          }),
        );
        const width = terminalWidth(process.stdout);
        process.stdout.write(`${json ? JSON.stringify(plan, asJson, 2) : planText(plan, width)}\n`);
        if (report !== undefined) {
          await writePage(report, planNotebook(plan, process.argv.slice(2).join(" ")), "plan");
        }
      },
    );
}

/** JSON has no Infinity: as in saved fits it is a text, where a constant is open to one side. */
const asJson = (_: string, value: unknown) =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;

/** How an option of `planTraining` is given here, where the name is another. */
const flags: Readonly<Record<string, string>> = {
  beyondData: "--beyond-data",
  gpuHours: "--gpu-hours",
  inferenceTokens: "--inference-tokens",
  maxBatchTokens: "--max-batch",
  memoryBytes: "--memory-gb (in bytes)",
  overTrain: "--over-train",
  usdPerGpuHour: "--usd-per-gpu-hour",
};

/** What is wrong with a question, in the words of the command line. */
function askedByFlags<Value>(ask: () => Value): Value {
  return asUsage(() => {
    try {
      return ask();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const message = error.message
        .replace(/^give the budget once: .*$/, (text) =>
          text.replace(/\b(flops|usd|days|gpus)\b/g, "--$1").replaceAll("an accelerator", "--accelerator"),
        )
        .replace(/give at: \{ (\S+): … \}/, "give --at $1=…")
        .replace("beyondData (--beyond-data)", "--beyond-data")
        .replace(/\b[a-z]+[A-Z]\w+\b/g, (name) => (Object.hasOwn(flags, name) ? flags[name]! : name));
      throw new RangeError(message, { cause: error });
    }
  });
}
