import { Argument, type Command } from "commander";
import { findAccelerator, type Model, modelNamed } from "isoflop";
import { calibrateText } from "../../answers/cost/serving/calibrateText.ts";
import { calibrationText } from "../../answers/cost/serving/calibrationFile.ts";
import { chosenStack } from "../../answers/cost/serving/chosenStack.ts";
import { learnOwn } from "../../answers/cost/serving/learnOwn.ts";
import { ownRows, type PlacedRow } from "../../answers/cost/serving/ownRows.ts";
import { shownPath } from "../../files/shownPath.ts";
import { writeFileAtomically } from "../../notebook/writeFileAtomically.ts";
import { acceleratorOption } from "../catalog/chosenModel.ts";
import { formatOption } from "../inputs/formatOption.ts";
import { withTables } from "../inputs/withTables.ts";
import { helpText } from "../options/examplesHelp.ts";
import { parseFilePath, parsePath } from "../options/pathValues.ts";
import { asUsage } from "../options/UsageError.ts";
import { parseCount } from "../optionValues.ts";
import { say } from "../terminal/quiet.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";
import { readOwnRows } from "./readOwnRows.ts";
import { engineOption } from "./servingOptions.ts";

interface CalibrateOptions {
  out: string;
  model?: string;
  accelerator?: string;
  engine?: string;
  precision?: string;
  tp?: number;
  pp?: number;
  dp?: number;
  prompt?: number;
  output?: number;
  concurrency?: number;
  format?: string;
  json?: boolean;
}

const help = helpText(
  [
    "Rows are those of a table with the columns of the dataset of serving measurements (model, hardware, engine, precision, parallel, batch, isl, osl, quantity, value, unit), or of logs that benchmarks write: vllm bench, sglang.bench_serving, trtllm-bench, genai-perf, AIPerf, guidellm. The options say what rows and logs do not: the cell of a row goes before an option, an option before what a log says.",
    "A handful of rows moves the constants some of the way from the published measurements to yours; what is written is for cost serve and cost search with --calibration.",
  ],
  [
    ["isoflop cost calibrate runs.csv --out own.json", "rows that say it all"],
    [
      "isoflop cost calibrate bench-*.json --model Llama-3.1-8B --accelerator h100-sxm --engine vllm --out own.json",
      "logs of vllm bench serve",
    ],
    [
      "isoflop cost serve --model Llama-3.1-8B --accelerator h100-sxm --engine vllm --concurrency 64 --prompt 1024 --output 256 --calibration own.json",
    ],
  ],
);

/** Adds `isoflop cost calibrate`: constants of one's own machine and engine from a few measured rows. */
export function addCostCalibrateCommand(cost: Command): void {
  cost
    .command("calibrate")
    .description("Learns from a few rows of your own what your machine and engine take.")
    .addArgument(
      new Argument("<files...>", "tables of measurements, and logs of benchmarks").argParser(parsePaths),
    )
    .requiredOption("--out <file>", "where the calibration is written (JSON)", parseFilePath)
    .option("--model <name>", "the model, where rows do not say it")
    .addOption(acceleratorOption("the accelerator, where rows do not say it"))
    .addOption(engineOption("vllm, sglang or trtllm, where rows do not say it"))
    .option("--precision <format>", "such as fp8, where rows do not say it")
    .option("--tp <devices>", "tensor parallelism, where rows do not say it", parseCount)
    .option("--pp <stages>", "stages of the pipeline, where rows do not say it", parseCount)
    .option("--dp <groups>", "attention data parallelism, where rows do not say it", parseCount)
    .option("--prompt <tokens>", "tokens of a prompt, where rows do not say it", parseCount)
    .option("--output <tokens>", "tokens of an output, where rows do not say it", parseCount)
    .option("--concurrency <requests>", "requests at all times, where rows do not say it", parseCount)
    .addOption(formatOption())
    .option("--json", "print JSON")
    .addHelpText("after", help)
    .action(async (files: string[], options: CalibrateOptions) => {
      const { out, format } = options;
      asUsage(() => requireKnown(options));
      await withTables(files, { format, writes: [["--out", out]] }, async ({ files }, watching) => {
        const rows: PlacedRow[] = [];
        for (const file of files) rows.push(...(await readOwnRows(file, options, watching)));
        const { used, refused } = ownRows(rows, knownCells(options));
        if (used.length === 0) {
          const whys = refused.map((one) => `${one.rows}: ${one.why} (${one.first})`);
          throw new Error(`no row can be learned from: ${whys.join("; ")}`);
        }
        const { calibration, learned } = await learnOwn(used, async (done, of) => {
          watching.progress.step(`${done} of ${of} calibrations made`);
          // Lets Ctrl-C through.
          await new Promise((resolve) => setImmediate(resolve));
          watching.signal.throwIfAborted();
        });
        watching.progress.clear();
        writeFileAtomically(out, calibrationText(calibration, learned));
        const text = options.json
          ? JSON.stringify({ ...learned, refused }, undefined, 2)
          : calibrateText(learned, refused, terminalWidth(process.stdout));
        process.stdout.write(`${text}\n`);
        say(`${shownPath(out)}: written`);
      });
    });
}

/** A slip in an option is refused, though every row may say for itself what it would have said. */
function requireKnown({ model, accelerator, engine, precision }: CalibrateOptions): void {
  const named = model === undefined ? undefined : catalogued(model);
  // A format is read by the products of a card; which one does not matter to whether there is such a format.
  const sheet = findAccelerator(accelerator ?? "h100-sxm");
  const asked = { ...(engine !== undefined && { engine }), ...(precision !== undefined && { precision }) };
  chosenStack({ accelerator: sheet.name, prompt: 1, output: 1, ...asked }, sheet, named?.name ?? "");
}

function catalogued(name: string): Model {
  try {
    return modelNamed(name);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Rows name their models, so that one of a config.json has none.
    throw new RangeError(error.message.replace(/;? or give its config\.json to modelFromConfig/, ""), {
      cause: error,
    });
  }
}

const parsePaths = (text: string, earlier: readonly string[] = []): string[] => [...earlier, parsePath(text)];

/** What the options say, as cells of a table of measurements. */
const knownCells = (options: CalibrateOptions): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      model: options.model,
      hardware: options.accelerator,
      engine: options.engine,
      precision: options.precision,
      tp: options.tp,
      pp: options.pp,
      dp: options.dp,
      isl: options.prompt,
      osl: options.output,
      batch: options.concurrency,
    }).flatMap(([column, value]) => (value === undefined ? [] : [[column, String(value)]])),
  );
