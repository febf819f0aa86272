import { type Command, Option } from "commander";
import {
  accelerators,
  type Model,
  modelFromConfig,
  modelNamed,
  productFormats,
  publishedModels,
} from "isoflop";
import { readConfig } from "../../answers/models/readConfig.ts";
import { completeWith } from "../completion/completeWith.ts";
import { parsePath } from "../options/pathValues.ts";
import { asUsage, UsageError } from "../options/UsageError.ts";

/** How a command is told its model. */
export interface ModelChoice {
  model?: string;
  config?: string;
}

/** Adds the two ways to name a model. */
export function addModelOptions(command: Command): Command {
  return command
    .addOption(
      completeWith(new Option("--model <name>", "a model of the catalogue, see isoflop models"), () =>
        publishedModels().map(({ name }) => name),
      ),
    )
    .option("--config <file>", "a config.json, a folder that holds one, or - for standard input", parsePath);
}

/** The option for an accelerator of the catalogue. */
export const acceleratorOption = (what = "an accelerator, see isoflop accelerators"): Option =>
  completeWith(new Option("--accelerator <name>", what), () => Object.keys(accelerators));

/** The option for the format of products. */
export const precisionOption = (): Option =>
  new Option("--precision <format>", "format of the operands of products (default bf16)").choices([
    ...productFormats,
  ]);

/** The model that was chosen: a wrong name is wrong use, a wrong file a fault of the file, which is named. */
export function chosenModel({ model, config }: ModelChoice): Model {
  if (model !== undefined && config !== undefined) {
    throw new UsageError("--model and --config both say the model; give one");
  }
  if (model === undefined && config === undefined) {
    throw new UsageError("give the model: --model NAME or --config FILE");
  }
  return model === undefined ? modelInFile(config!) : namedModel(model);
}

/** A model of the catalogue. */
export function namedModel(name: string): Model {
  return asUsage(() => {
    try {
      return modelNamed(name);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const message = error.message.replace(
        "give its config.json to modelFromConfig",
        "give its config.json by --config",
      );
      throw new RangeError(message, { cause: error });
    }
  });
}

/** The model of a `config.json`. */
export function modelInFile(path: string): Model {
  const { config, name } = readConfig(path);
  try {
    return modelFromConfig(config);
  } catch (error) {
    if (!(error instanceof RangeError) && !(error instanceof TypeError)) throw error;
    throw new RangeError(`${name}: ${error.message}`, { cause: error });
  }
}
