import { type Command, Option } from "commander";
import { predictRequest } from "../answers/runtime/predictRequest.ts";
import { type LogLengths, type ReadRequests, readRequests } from "../answers/runtime/readRequests.ts";
import { requestText } from "../answers/runtime/requestText.ts";
import { shownPath } from "../files/shownPath.ts";
import { formatOption } from "./inputs/formatOption.ts";
import { openTables, parseFormat } from "./inputs/openTables.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parsePaths } from "./options/pathValues.ts";
import { UsageError } from "./options/UsageError.ts";
import { parseAmount, parseCount, parseCounts } from "./optionValues.ts";
import { ProgressLine } from "./ProgressLine.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";

interface RuntimeOptions {
  prompt: number;
  output: number;
  accelerators?: number;
  usdPerHour?: number;
  inputLen?: number[];
  outputLen?: number[];
  batchSize?: number[];
  outputTime?: "constant" | "rising" | "chosen";
  format?: string;
  json?: boolean;
}

const help = helpText(
  [
    "A file is what a serving benchmark wrote, told by its content: vLLM (bench serve --save-result --save-detailed, bench latency), SGLang (bench_serving --output-details, bench_one_batch), TensorRT-LLM (trtllm-bench, gptManagerBenchmark), genai-perf, AIPerf or guidellm; or a table (CSV, TSV, JSONL or Parquet) with one measured request a row: prompt_tokens, output_tokens and runtime_s, or input_len, osl, e2el, latency_ms, ttft and the like, the unit read off the name.",
    "Measure some prompt sizes with 1 output token and with more. T(p, o) = F(p) + (o - 1) G is fitted to it: F never falls with the prompt, G is above 0, and a row that lies 6 median deviations off is named.",
  ],
  [
    ["isoflop runtime profile.csv --prompt 2048 --output 512"],
    ["isoflop runtime vllm-result.json --prompt 2048 --output 512", "a benchmark's log"],
    [
      "isoflop runtime one.json many.json --input-len 1024 --output-len 1,128 --prompt 1024 --output 512",
      "vllm bench latency, whose logs do not hold their lengths",
    ],
    ["isoflop runtime profile.csv --prompt 2048 --output 512 --accelerators 8 --usd-per-hour 2.5"],
    ["isoflop runtime - --format jsonl --prompt 2048 --output 512 < profile.log", "from standard input"],
    ["isoflop runtime profile.csv --prompt 2048 --output 512 --json | jq .seconds"],
  ],
);

/** Adds `isoflop runtime`: predict the runtime and price of a request from measured ones. */
export function addRuntimeCommand(program: Command): void {
  program
    .command("runtime")
    .description(
      "Fit prefill time and time per output token to measured requests, and predict another request.",
    )
    .argument(
      "<profile...>",
      "logs of benchmarks, or tables of measured requests; - for standard input",
      parsePaths,
    )
    .requiredOption("--prompt <tokens>", "prompt tokens of the request to predict", parseCount)
    .requiredOption("--output <tokens>", "output tokens of the request to predict", parseCount)
    .option("--accelerators <count>", "accelerators that one replica occupies (default 1)", parseCount)
    .option("--usd-per-hour <price>", "price of one accelerator for one hour", parseAmount)
    .option(
      "--input-len <tokens>",
      "prompt tokens of logs that do not say, one for all or one a file",
      parseCounts,
    )
    .option("--output-len <tokens>", "output tokens of logs that do not say, likewise", parseCounts)
    .option("--batch-size <count>", "batch of logs that do not say, likewise", parseCounts)
    .addOption(
      new Option(
        "--output-time <rule>",
        "one G for all prompts, one that rises with the prompt, or whichever tells left-out prompt sizes better (default)",
      ).choices(["constant", "rising", "chosen"]),
    )
    .addOption(formatOption())
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action(async (given: string[], options: RuntimeOptions) => {
      const { prompt, output, format, json, inputLen, outputLen, batchSize, outputTime, ...price } = options;
      const lengths = { "input-len": inputLen, "output-len": outputLen, "batch-size": batchSize };
      const { rows, notes, name } = await readAll(given, format, lengths);
      const question = { promptTokens: prompt, outputTokens: output, ...price };
      const answer = predictRequest(rows, question, { notes, ...(outputTime && { outputTime }) });
      const width = terminalWidth(process.stdout);
      process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : requestText(name, answer, width));
    });
}

type Lengths = Readonly<Record<"input-len" | "output-len" | "batch-size", readonly number[] | undefined>>;

/** What the options say of one of the files: one value is that of all of them. */
function lengthsOf(lengths: Lengths, at: number, files: number): LogLengths {
  const fields = {
    "input-len": "promptTokens",
    "output-len": "outputTokens",
    "batch-size": "batch",
  } as const;
  const found: Partial<Record<keyof LogLengths, number>> = {};
  for (const [option, field] of Object.entries(fields) as [keyof Lengths, keyof LogLengths][]) {
    const values = lengths[option];
    if (values === undefined) continue;
    if (values.length !== 1 && values.length !== files) {
      throw new UsageError(
        `--${option} has ${values.length} values for ${files} files; give one, or one a file`,
      );
    }
    found[field] = values[values.length === 1 ? 0 : at]!;
  }
  return found;
}

/** Requests of all files, one behind the other; names what is wrong with every file that cannot be used. */
async function readAll(given: readonly string[], format: string | undefined, lengths: Lengths) {
  const progress = new ProgressLine();
  const tables = await openTables(given, parseFormat(format), {
    onBytes: (bytes) => progress.step(`standard input: ${bytes} bytes read`),
  });
  try {
    const read: ReadRequests[] = [];
    const faults: Error[] = [];
    for (const [at, { path, format }] of tables.files.entries()) {
      const own = lengthsOf(lengths, at, tables.files.length);
      const onRows = (count: number) => progress.step(`${shownPath(path)}: ${count} rows read`);
      try {
        read.push(await readRequests(path, { format, lengths: own, onRows }));
      } catch (error) {
        faults.push(error as Error);
      }
    }
    progress.clear();
    if (faults.length === 1) throw faults[0];
    if (faults.length > 1) throw new Error(faults.map(({ message }) => message).join("\n"));
    const tools = [...new Set(read.flatMap(({ tool }) => (tool === undefined ? [] : [tool])))];
    return {
      rows: read.flatMap((one) => one.rows),
      notes: [
        ...(tools.length > 0 ? [`read as ${tools.join(", ")}`] : []),
        ...read.flatMap((one) => one.notes),
      ],
      name: tables.name,
    };
  } finally {
    tables.close();
  }
}
