import { type Command, Option } from "commander";
import { type CachedSequence, findAccelerator, type Model, type ServingMemory, servingMemory } from "isoflop";
import { catalogRows, catalogText } from "../../answers/models/catalogText.ts";
import { describeModel } from "../../answers/models/describeModel.ts";
import { modelText } from "../../answers/models/modelText.ts";
import { wrapText } from "../../text/wrapText.ts";
import { helpText } from "../options/examplesHelp.ts";
import { parsePath } from "../options/pathValues.ts";
import { asUsage, UsageError } from "../options/UsageError.ts";
import { parseCount, parsePositive } from "../optionValues.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";
import { modelInFile, namedModel } from "./chosenModel.ts";

interface ModelsOptions {
  config?: string;
  context?: number;
  block?: number;
  chunk?: number;
  kv?: number;
  latent?: "compressed" | "expanded";
  tp?: number;
  accelerator?: string;
  batch?: number;
  weights?: number;
  json?: boolean;
}

const help = helpText(
  [
    "Parameters are exact, tensor by tensor: a tied output counts once, modules that predict further tokens are apart. KV bytes a token are of every layer in full at 16 bits; what a sequence of --context tokens keeps follows windows and recurrent states. A model's name is that of the catalogue or of the Hugging Face Hub; what says how it was tuned or stored (-Instruct, -FP8, -AWQ) may stand behind it.",
  ],
  [
    ["isoflop models", "the catalogue"],
    ["isoflop models meta-llama/Llama-3.1-8B-Instruct", "one model, its blocks and layers"],
    ["isoflop models --config config.json --json | jq .params.total"],
    ["isoflop models --config ./checkpoint --context 32768 --block 16", "a folder with a config.json"],
    ["isoflop models starcoder2-3b --context 32768 --block 16 --chunk 8192", "what its windows hold"],
    ["isoflop models Llama-3.1-70B --context 20000 --kv 8 --tp 8", "8-bit cache on 8 devices"],
    [
      "isoflop models Llama-3.1-70B --accelerator h100-sxm --tp 2 --batch 4 --context 20000",
      "whether that fits, and what would",
    ],
  ],
);

/** Adds `isoflop models`: count a model's parameters and what it keeps of a sequence. */
export function addModelsCommand(program: Command): void {
  program
    .command("models")
    .description("Exact parameters and KV cache of a model, by name or from its config.json.")
    .argument("[name]", "a model of the catalogue; without it and --config the list")
    .option("--config <file>", "a config.json, a folder that holds one, or - for standard input", parsePath)
    .option("--context <tokens>", "tokens of the sequence (default: those the model is made for)", parseCount)
    .option("--block <tokens>", "tokens of a block of the cache, to which each layer rounds up", parseCount)
    .option("--chunk <tokens>", "most tokens that one pass adds, which windows hold besides", parseCount)
    .option("--kv <bits>", "bits of a cached value (default 16)", parsePositive)
    .option("--tp <devices>", "devices over which each layer is split", parseCount)
    .addOption(
      new Option("--latent <form>", "how latent attention caches (default compressed)").choices([
        "compressed",
        "expanded",
      ]),
    )
    .option("--accelerator <name>", "say whether weights and caches fit its memory (nine tenths of it)")
    .option("--batch <sequences>", "sequences at once on --accelerator (default 1)", parseCount)
    .option("--weights <bits>", "bits of a weight on --accelerator (default 16)", parsePositive)
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action(
      (name: string | undefined, { config, json, accelerator, batch, weights, ...asked }: ModelsOptions) => {
        const width = terminalWidth(process.stdout);
        const print = (value: unknown, text: () => string) =>
          process.stdout.write(`${json ? JSON.stringify(value, undefined, 2) : text()}\n`);
        if (name !== undefined && config !== undefined) {
          throw new UsageError("a name and --config are two models; give one");
        }
        const sequence = sequenceOf(asked);
        if (accelerator === undefined && (batch ?? weights) !== undefined) {
          throw new UsageError("--batch and --weights are of a machine; give --accelerator");
        }
        if (name === undefined && config === undefined) {
          if (Object.keys(sequence).length > 0 || accelerator !== undefined) {
            throw new UsageError("the list has no sequence; name a model, or give --config");
          }
          print(json ? catalogRows() : undefined, () => catalogText(width));
          return;
        }
        const model = name === undefined ? modelInFile(config!) : namedModel(name);
        const answer = asUsage(() => inFlags(() => describeModel(model, sequence)));
        const serving =
          accelerator === undefined
            ? undefined
            : asUsage(() => inFlags(() => fitOf(model, accelerator, sequence, { batch, weights })));
        print({ ...answer, ...(serving && { serving }) }, () =>
          [modelText(answer, width), ...(serving ? ["", ...wrapText(serving.note, width, 0)] : [])].join(
            "\n",
          ),
        );
      },
    );
}

function fitOf(
  model: Model,
  accelerator: string,
  sequence: Partial<CachedSequence>,
  { batch, weights }: Pick<ModelsOptions, "batch" | "weights">,
): ServingMemory {
  const { tokens, bits, tensorParallel, ...cache } = sequence;
  return servingMemory(model, {
    accelerator: findAccelerator(accelerator),
    contextTokens: tokens ?? model.maxTokens ?? 1,
    ...(batch !== undefined && { batchSize: batch }),
    ...(weights !== undefined && { weightBits: weights }),
    ...(bits !== undefined && { kvBits: bits }),
    ...(tensorParallel !== undefined && { tensorParallel }),
    cache,
  });
}

function sequenceOf({ context, block, chunk, kv, latent, tp }: ModelsOptions): Partial<CachedSequence> {
  return {
    ...(context !== undefined && { tokens: context }),
    ...(block !== undefined && { blockTokens: block }),
    ...(chunk !== undefined && { chunkTokens: chunk }),
    ...(kv !== undefined && { bits: kv }),
    ...(latent !== undefined && { latent }),
    ...(tp !== undefined && { tensorParallel: tp }),
  };
}

/** Messages of the helpers, in the words of the command line. */
function inFlags<Value>(ask: () => Value): Value {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(error.message.replaceAll("tensorParallel", "--tp"), { cause: error });
  }
}
