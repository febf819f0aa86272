import { isNearly } from "../../numerics/arguments/nearestName.ts";
import type { Model } from "../Model.ts";
import { ConfigKeys } from "./ConfigKeys.ts";
import type { ConfigReader, ReaderContext, ReadModel } from "./ConfigReader.ts";
import { families } from "./families.ts";
import { storedWeights } from "./storedWeights.ts";

/**
 * The model that a `config.json` describes, block by block. A key that is absent or null takes the value that the
 * model's class supplies. A model that sees comes with its tower and projector, which {@link textModel} leaves out;
 * modules that predict further tokens stand apart and are in no total.
 *
 * @param config the parsed `config.json`
 * @param name how the model is called in what follows; default the configuration's `_name_or_path`, or ""
 * @throws RangeError on an unknown `model_type`, a key that fixes a count and is not known, a missing or impossible value
 * @throws TypeError on what is no object
 * @example
 * import { countParams, modelFromConfig } from "isoflop";
 * const model = modelFromConfig({
 *   model_type: "llama", hidden_size: 4096, intermediate_size: 11008, num_attention_heads: 32,
 *   num_hidden_layers: 32, vocab_size: 32000,
 * });
 * countParams(model).total; // => 6738415616
 */
export function modelFromConfig(config: unknown, name?: string): Model {
  const keys = new ConfigKeys(config);
  const modelType = keys.text("model_type", "") || byArchitecture(keys);
  const stored = storedWeights(keys);
  const model = read(keys, modelType);
  const given = keys.raw("_name_or_path");
  return {
    name: name ?? (typeof given === "string" ? given : ""),
    modelType,
    ...model,
    ...(stored && { storedWeights: stored }),
  };
}

/** Reads a configuration, or a part of one, by its family, and refuses what the family does not know. */
function read(keys: ConfigKeys, modelType: string): ReadModel {
  const model = readerOf(modelType)(keys, context);
  keys.refuseUnread(modelType);
  return model;
}

function readerOf(modelType: string): ConfigReader {
  const name = familyOf(modelType);
  const reader = name === undefined ? undefined : families[name];
  if (reader) return reader;
  throw unknownFamily(modelType);
}

function unknownFamily(modelType: string): RangeError {
  const way = "give the model_type of a model that is built alike, if there is one";
  if (modelType === "") return new RangeError(`the configuration has no model_type; ${way}`);
  const wanted = plain(modelType);
  const near = Object.keys(families).filter((name) => {
    const own = plain(name);
    return own.includes(wanted) || wanted.includes(own) || isNearly(wanted, own);
  });
  const known = near.length > 0 ? `near it are ${near.slice(0, 8).join(", ")}` : "none is near it";
  return new RangeError(`model_type "${modelType.slice(0, 60)}" is not known; ${known}; ${way}`);
}

const plain = (name: string) => name.toLowerCase().replace(/[-_. ]/g, "");

/** The row of `families` for a model_type, whatever its case and whether it has - or _. */
function familyOf(modelType: string): string | undefined {
  if (Object.hasOwn(families, modelType)) return modelType;
  const wanted = plain(modelType);
  return wanted === "" ? undefined : Object.keys(families).find((name) => plain(name) === wanted);
}

/** The family by the name of the model's class, such as LlamaForCausalLM, where there is no model_type. */
function byArchitecture(keys: ConfigKeys): string {
  // The original files of Mamba name neither class nor model_type.
  if (keys.has("ssm_cfg") && keys.has("d_model")) return "state-spaces";
  const [architecture] = keys.list("architectures", (name) => name) ?? [];
  if (typeof architecture !== "string") return "";
  return (
    familyOf(architecture.replace(/(ForCausalLM|LMHeadModel|ForConditionalGeneration|Model)$/, "")) ?? ""
  );
}

const context: ReaderContext = {
  read: (part, standard) => read(part, part.text("model_type", "") || standard),
  readAs: (keys, modelType) => readerOf(modelType)(keys, context),
};
