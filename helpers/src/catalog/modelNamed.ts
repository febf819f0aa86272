import { modelFromConfig } from "../models/config/modelFromConfig.ts";
import type { Model } from "../models/Model.ts";
import { plainName, plainNames, shorterNames } from "./modelNames.ts";
import type { PublishedModel } from "./models/PublishedModel.ts";
import { publishedModels } from "./publishedModels.ts";

let index: ReadonlyMap<string, PublishedModel> | undefined;
const known = new WeakMap<PublishedModel, Model>();

/**
 * A published model by its name: as the catalogue has it or as on the Hugging Face Hub, with any vendor before it and with
 * what says how it was tuned or stored behind it (-Instruct, -it, -FP8, -NVFP4, -AWQ, …), which change no shape. Case,
 * spaces, hyphens and dots count for nothing.
 *
 * @param name such as "Llama-3.1-8B", "meta-llama/Llama-3.1-8B-Instruct" or "nvidia/Llama-3.1-8B-Instruct-FP8"
 * @throws RangeError on a name that is not in the catalogue, or fits several models, with those that are near
 * @example
 * import { countParams, modelNamed } from "isoflop";
 * countParams(modelNamed("meta-llama/Llama-3.1-8B-Instruct")).total; // => 8030261248
 * modelNamed("qwen3 0.6b").name; // => "Qwen3-0.6B"
 */
export function modelNamed(name: string): Model {
  const published = publishedModel(name);
  let model = known.get(published);
  if (!model) {
    model = modelFromConfig(published.config, published.name);
    known.set(published, model);
  }
  return model;
}

/**
 * The entry of the catalogue that a name means: the facts of its configuration and their source.
 *
 * @throws RangeError on a name that is not in the catalogue, or fits several models, with those that are near
 * @example
 * import { publishedModel } from "isoflop";
 * publishedModel("openai-community/gpt2-xl").config.n_embd; // => 1600
 */
export function publishedModel(name: string): PublishedModel {
  if (typeof name !== "string" || name.trim() === "") {
    throw new RangeError('a model has a name, such as "Llama-3.1-8B"');
  }
  index ??= indexed();
  for (const plain of plainNames(name)) {
    const found = index.get(plain);
    if (found) return found;
  }
  throw unknown(name, plainName(name));
}

function indexed(): ReadonlyMap<string, PublishedModel> {
  const names = new Map<string, PublishedModel>();
  for (const model of publishedModels()) {
    for (const name of [model.name, ...model.alsoNamed]) names.set(plainName(name), model);
  }
  // A shorter name that two models could have is nobody's.
  const shorter = new Map<string, PublishedModel | undefined>();
  for (const model of publishedModels()) {
    for (const name of [model.name, ...model.alsoNamed].flatMap((each) => [...shorterNames(each)])) {
      if (!names.has(name)) shorter.set(name, (shorter.get(name) ?? model) === model ? model : undefined);
    }
  }
  for (const [name, model] of shorter) if (model) names.set(name, model);
  return names;
}

function unknown(name: string, plain: string): RangeError {
  const near = nearest(plain, 6);
  const shown = JSON.stringify(name.slice(0, 80));
  const begun = near.filter((each) => plainName(each).startsWith(plain));
  if (begun.length > 1) return new RangeError(`${shown} fits several models: ${begun.join(", ")}; name one`);
  return new RangeError(
    `no model ${shown} in the catalogue of ${publishedModels().length}; near it are ${near.join(", ")}; or give its config.json to modelFromConfig`,
  );
}

/** Names that share most pairs of letters with a plain one. */
function nearest(plain: string, count: number): string[] {
  const wanted = pairs(plain);
  const alike = publishedModels().map(({ name }) => {
    const own = pairs(plainName(name));
    const shared = [...wanted].filter((pair) => own.has(pair)).length;
    const begins = plainName(name).startsWith(plain) ? 1 : 0;
    return { name, likeness: begins + (2 * shared) / (wanted.size + own.size || 1) };
  });
  alike.sort((a, b) => b.likeness - a.likeness);
  return alike.slice(0, count).map(({ name }) => name);
}

const pairs = (text: string) => new Set(Array.from(text, (letter, i) => letter + (text[i + 1] ?? "")));
